package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;

/**
 * When the shop traded.
 *
 * @param starts where each slice with a transaction starts, in milliseconds of event time,
 *     ascending
 */
record TradedSlices(List<Long> starts) {
  static final TradedSlices NONE = new TradedSlices(List.of());

  static TradedSlices of(long start) {
    return new TradedSlices(List.of(start));
  }

  static TradedSlices union(Iterable<TradedSlices> all) {
    Stream<TradedSlices> stream = StreamSupport.stream(all.spliterator(), false);
    return new TradedSlices(
        stream.flatMap(slices -> slices.starts.stream()).distinct().sorted().toList());
  }

  /** Where the last one starts; before all time where there is none. */
  long last() {
    return starts.isEmpty() ? Long.MIN_VALUE : starts.get(starts.size() - 1);
  }

  static Coder<TradedSlices> coder() {
    return TradedSlicesCoder.INSTANCE;
  }

  private static final class TradedSlicesCoder extends AtomicCoder<TradedSlices> {
    private static final long serialVersionUID = 1;

    static final TradedSlicesCoder INSTANCE = new TradedSlicesCoder();

    private static final Coder<List<Long>> STARTS = ListCoder.of(BigEndianLongCoder.of());

    @Override
    public void encode(TradedSlices slices, OutputStream out) throws IOException {
      STARTS.encode(slices.starts, out);
    }

    @Override
    public TradedSlices decode(InputStream in) throws IOException {
      return new TradedSlices(STARTS.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
