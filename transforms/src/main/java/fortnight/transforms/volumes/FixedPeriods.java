package fortnight.transforms.volumes;

import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Duration;

/**
 * Periods of fixed length; the slices are as long as the distance of two comparisons.
 *
 * @param againstMillis how much earlier the previous period begins
 * @param alignment a midnight at which a period begins, earlier than all event times
 */
record FixedPeriods(long lengthMillis, long everyMillis, long againstMillis, long alignment)
    implements Periods {
  private static final long serialVersionUID = 1;

  @Override
  public FixedWindows slices() {
    return windows(everyMillis);
  }

  @Override
  public FixedWindows tumbling() {
    return windows(lengthMillis);
  }

  private FixedWindows windows(long size) {
    return FixedWindows.of(Duration.millis(size)).withOffset(Duration.millis(alignment % size));
  }

  @Override
  public WindowFn<Object, IntervalWindow> pairs() {
    return againstMillis == lengthMillis
        ? SlidingWindows.of(Duration.millis(2 * lengthMillis))
            .every(Duration.millis(everyMillis))
            .withOffset(Duration.millis(alignment % everyMillis))
        : new PeriodPairs(this);
  }

  @Override
  public long sliceStart(long eventTime) {
    return eventTime - (eventTime - alignment) % everyMillis;
  }

  @Override
  public long sliceEnd(long sliceStart) {
    return sliceStart + everyMillis;
  }

  @Override
  public long firstEnd(long sliceStart) {
    return sliceStart + everyMillis;
  }

  @Override
  public long firstEndAsPrevious(long sliceStart) {
    return sliceStart + everyMillis + againstMillis;
  }

  @Override
  public long nextEnd(long end) {
    return end + everyMillis;
  }

  @Override
  public long currentStart(long end) {
    return end - lengthMillis;
  }

  @Override
  public long previousStart(long end) {
    return end - lengthMillis - againstMillis;
  }

  @Override
  public long previousEnd(long end) {
    return end - againstMillis;
  }

  @Override
  public Duration longestSlice() {
    return Duration.millis(everyMillis);
  }

  @Override
  public Duration furtherLateness() {
    return Duration.millis(lengthMillis + Math.min(lengthMillis, againstMillis) - everyMillis);
  }

  @Override
  public long overlapping() {
    return (lengthMillis + againstMillis) / everyMillis;
  }

  @Override
  public String period() {
    return Duration.millis(lengthMillis).toString();
  }

  @Override
  public String every() {
    return Duration.millis(everyMillis).toString();
  }

  @Override
  public String against() {
    return Duration.millis(againstMillis).toString();
  }
}
