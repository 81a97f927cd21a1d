package fortnight.transforms;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.joda.time.Instant;

/**
 * Two periods that slide over the slices of a group. A slice is added once and taken away once,
 * however many windows overlap.
 */
final class SlidingSums {
  private final long period;
  private final long every;
  private final List<Slice> slices;
  private final Map<Scope, Sum> sums = new HashMap<>();
  private int entered;
  private int passed;
  private int left;

  private static final class Sum {
    private Int128 previous = Int128.ZERO;
    private Int128 current = Int128.ZERO;
    private long records;
    private int slices;
  }

  /**
   * About these slices.
   *
   * @param slices in the order of time
   */
  SlidingSums(ComparisonWindows windows, List<Slice> slices) {
    this.period = windows.period().getMillis();
    this.every = windows.every().getMillis();
    this.slices = slices;
  }

  /**
   * Tells the changes of all windows, in the order of time, until the one that ends with this
   * slice; with each its window's last moment.
   */
  void tell(long lastSlice, BiConsumer<VolumeChange, Instant> out) {
    long end = firstEnd();
    while (end - every <= lastSlice) {
      slideTo(end);
      if (!sums.isEmpty()) {
        tellWindow(end, out);
        end += every;
      } else if (entered < slices.size()) {
        end = firstEnd();
      } else {
        return;
      }
    }
  }

  /** Where the first window ends that has the next slice. */
  private long firstEnd() {
    return start(entered) + every;
  }

  private void slideTo(long end) {
    for (; start(left) < end - 2 * period; left++) {
      slices.get(left).volumes().forEach(this::leave);
    }
    for (; start(passed) < end - period; passed++) {
      slices.get(passed).volumes().forEach(this::pass);
    }
    for (; start(entered) < end; entered++) {
      slices.get(entered).volumes().forEach(this::enter);
    }
  }

  private long start(int slice) {
    return slice < slices.size() ? slices.get(slice).start().getMillis() : Long.MAX_VALUE - every;
  }

  private void enter(Scope scope, Volume volume) {
    Sum sum = sums.computeIfAbsent(scope, none -> new Sum());
    sum.current = sum.current.plus(Halves.amount(scope, volume));
    sum.records += volume.records(scope);
    sum.slices++;
  }

  private void pass(Scope scope, Volume volume) {
    Sum sum = sums.get(scope);
    sum.current = sum.current.minus(Halves.amount(scope, volume));
    sum.previous = sum.previous.plus(Halves.amount(scope, volume));
  }

  private void leave(Scope scope, Volume volume) {
    Sum sum = sums.get(scope);
    sum.previous = sum.previous.minus(Halves.amount(scope, volume));
    sum.records -= volume.records(scope);
    sum.slices--;
    if (sum.slices == 0) {
      sums.remove(scope);
    }
  }

  private void tellWindow(long end, BiConsumer<VolumeChange, Instant> out) {
    Instant previousStart = Instant.ofEpochMilli(end - 2 * period);
    Instant currentStart = Instant.ofEpochMilli(end - period);
    Instant currentEnd = Instant.ofEpochMilli(end);
    Instant lastMoment = Instant.ofEpochMilli(end - 1);
    sums.forEach(
        (scope, sum) ->
            out.accept(
                new VolumeChange(
                    previousStart,
                    currentStart,
                    currentEnd,
                    scope,
                    sum.previous,
                    sum.current,
                    sum.records,
                    Pane.ON_TIME),
                lastMoment));
  }
}
