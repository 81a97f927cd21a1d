package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * From when to when the shop traded: the starts of the first and the last slice with a transaction,
 * in milliseconds.
 */
record TradingSpan(long firstSlice, long lastSlice) {
  /** Of a shop that never traded. */
  static final TradingSpan NONE = new TradingSpan(Long.MAX_VALUE, Long.MIN_VALUE);

  TradingSpan plus(TradingSpan other) {
    return new TradingSpan(
        Math.min(firstSlice, other.firstSlice), Math.max(lastSlice, other.lastSlice));
  }

  static TradingSpan union(Iterable<TradingSpan> spans) {
    TradingSpan union = NONE;
    for (TradingSpan span : spans) {
      union = union.plus(span);
    }
    return union;
  }

  static Coder<TradingSpan> coder() {
    return TradingSpanCoder.INSTANCE;
  }

  private static final class TradingSpanCoder extends AtomicCoder<TradingSpan> {
    static final TradingSpanCoder INSTANCE = new TradingSpanCoder();

    @Override
    public void encode(TradingSpan span, OutputStream out) throws IOException {
      Varints.writeSigned(span.firstSlice, out);
      Varints.writeSigned(span.lastSlice, out);
    }

    @Override
    public TradingSpan decode(InputStream in) throws IOException {
      return new TradingSpan(Varints.readSigned(in), Varints.readSigned(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
