package fortnight.transforms.volumes;

import fortnight.transforms.Varints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * The slices in which the shop has transactions, as ranges of successive slices, so that the size
 * depends on the number of gaps. Times are in milliseconds.
 */
final class TradedSlices {
  private final Periods periods;

  /** The end of the last slice of a range, by the start of its first one. */
  private final NavigableMap<Long, Long> ranges;

  TradedSlices(Periods periods) {
    this(periods, Map.of());
  }

  /** Continues with ranges that {@link #ranges} returned. */
  TradedSlices(Periods periods, Map<Long, Long> ranges) {
    this.periods = periods;
    this.ranges = new TreeMap<>(ranges);
  }

  Map<Long, Long> ranges() {
    return ranges;
  }

  /**
   * Adds a slice, and passes on the ends of the comparisons without transactions that are now
   * between slices with transactions: they are after the slice before, if the slice is the last
   * one; before the slice after, if it is the first one.
   */
  void add(long slice, LongConsumer silentEnds) {
    Long first = ranges.isEmpty() ? null : ranges.firstKey();
    Long last = ranges.isEmpty() ? null : ranges.lastEntry().getValue();
    insert(slice);
    if (first == null || last == null) {
      return;
    }
    if (slice >= last) {
      emitSilent(ends(last), periods.firstEnd(slice), silentEnds);
    } else if (slice < first) {
      emitSilent(periods.firstEnd(slice), periods.firstEnd(first), silentEnds);
    }
  }

  /** Returns the end of the first comparison whose current period contains the last slice. */
  private long ends(long endOfLastSlice) {
    return periods.firstEnd(periods.sliceStart(endOfLastSlice - 1));
  }

  /** Passes on the ends after {@code from} and before {@code to}. */
  private void emitSilent(long from, long to, LongConsumer silentEnds) {
    for (long end = periods.nextEnd(from); end < to; end = periods.nextEnd(end)) {
      if (!hasTrade(periods.currentStart(end), end)
          && !hasTrade(periods.previousStart(end), periods.previousEnd(end))) {
        silentEnds.accept(end);
      }
    }
  }

  private boolean hasTrade(long from, long to) {
    Map.Entry<Long, Long> range = ranges.lowerEntry(to);
    return range != null && range.getValue() > from;
  }

  private void insert(long slice) {
    long start = slice;
    long end = periods.sliceEnd(slice);
    Map.Entry<Long, Long> before = ranges.floorEntry(slice);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Long after = ranges.remove(end);
    ranges.put(start, after == null ? end : after);
  }

  /** Removes ranges that no comparison after the last slice needs. */
  void prune() {
    long end = ends(ranges.lastEntry().getValue());
    long oldest = periods.previousStart(end);
    Long first = ranges.firstKey();
    while (ranges.size() > 2) {
      Map.Entry<Long, Long> second = ranges.higherEntry(first);
      if (second.getValue() > oldest) {
        return;
      }
      ranges.remove(second.getKey());
    }
  }

  static Coder<Map<Long, Long>> coder() {
    return RangesCoder.INSTANCE;
  }

  /** Encodes ranges; the name of this class is part of savepoints. */
  private static final class RangesCoder extends AtomicCoder<Map<Long, Long>> {
    private static final long serialVersionUID = 1;

    static final RangesCoder INSTANCE = new RangesCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(Map<Long, Long> ranges, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.write(ranges.size(), out);
      for (Map.Entry<Long, Long> range : ranges.entrySet()) {
        Varints.writeSigned(range.getKey(), out);
        Varints.writeSigned(range.getValue() - range.getKey(), out);
      }
    }

    @Override
    public Map<Long, Long> decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "ranges of slices", in);
      Map<Long, Long> ranges = new TreeMap<>();
      for (long i = Varints.read(in); i > 0; i--) {
        long start = Varints.readSigned(in);
        ranges.put(start, start + Varints.readSigned(in));
      }
      return ranges;
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
