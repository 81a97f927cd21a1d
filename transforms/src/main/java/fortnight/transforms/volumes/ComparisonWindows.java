package fortnight.transforms.volumes;

import fortnight.common.time.EventTimeRange;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/**
 * The windows of a comparison of each period with the previous one.
 *
 * <p>All windows are aligned to midnight of a weekday, so that slices tile the tumbling windows and
 * both halves of the sliding windows.
 *
 * <p>For bounded input each window fires once. In a stream a window fires when the watermark passes
 * its end, again for each element within the allowed lateness, and before if early firings are
 * enabled.
 */
public final class ComparisonWindows implements Serializable {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private final Duration period;
  private final Duration every;
  private final long alignment;
  private final Duration allowedLateness;
  private final @Nullable Duration earlyEvery;

  private ComparisonWindows(
      Duration period,
      Duration every,
      long alignment,
      Duration allowedLateness,
      @Nullable Duration earlyEvery) {
    this.period = period;
    this.every = every;
    this.alignment = alignment;
    this.allowedLateness = allowedLateness;
    this.earlyEvery = earlyEvery;
  }

  /**
   * Compares periods of this length.
   *
   * @param every the interval between comparisons; must divide the period
   * @param weekStart the weekday on whose midnight weeks begin
   */
  public static ComparisonWindows of(Duration period, Duration every, DayOfWeek weekStart) {
    if (period.getMillis() <= 0 || every.getMillis() <= 0) {
      throw new IllegalArgumentException(
          "period = " + period + " and every = " + every + " must be longer than zero");
    }
    if (period.getMillis() % every.getMillis() != 0) {
      throw new IllegalArgumentException(
          "every = " + every + " must divide period = " + period + " without remainder");
    }
    LocalDate firstOfWeek = LocalDate.of(1970, 1, 4).with(TemporalAdjusters.next(weekStart));
    return new ComparisonWindows(
        period, every, firstOfWeek.toEpochDay() * MILLIS_PER_DAY, Duration.ZERO, null);
  }

  /** Compares calendar weeks, which start on Monday. */
  public static ComparisonWindows weeks() {
    return of(Duration.standardDays(7), Duration.standardDays(7), DayOfWeek.MONDAY);
  }

  /**
   * Sets how long after the watermark has passed its end a window accepts late elements. The
   * default is zero.
   */
  public ComparisonWindows withAllowedLateness(Duration newLateness) {
    if (newLateness.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException(
          "allowedLateness = " + newLateness + " must not be negative");
    }
    return new ComparisonWindows(period, every, alignment, newLateness, earlyEvery);
  }

  /** Makes open windows fire this long, in processing time, after the first element of a pane. */
  public ComparisonWindows withEarlyFiringsEvery(Duration delay) {
    if (delay.getMillis() <= 0) {
      throw new IllegalArgumentException("earlyEvery = " + delay + " must be longer than zero");
    }
    return new ComparisonWindows(period, every, alignment, allowedLateness, delay);
  }

  public Duration period() {
    return period;
  }

  public Duration every() {
    return every;
  }

  public Duration allowedLateness() {
    return allowedLateness;
  }

  /** Returns the allowed lateness of slices: until the last window that covers a slice expires. */
  public Duration sliceLateness() {
    return allowedLateness.plus(period.multipliedBy(2)).minus(every);
  }

  /**
   * Windows results by the slice in which their own window ends, to gather the results that a
   * stream emits together: fires at the end of the slice, and {@code gatherFor} after the first
   * result of every other pane. Results are never dropped as late.
   */
  public <T> Window<T> intoEnds(Duration gatherFor) {
    OnceTrigger gathered = AfterProcessingTime.pastFirstElementInPane().plusDelayOf(gatherFor);
    return Window.<T>into(slices())
        .triggering(
            AfterWatermark.pastEndOfWindow().withEarlyFirings(gathered).withLateFirings(gathered))
        .withAllowedLateness(Duration.millis(EventTimeRange.END))
        .withOnTimeBehavior(OnTimeBehavior.FIRE_IF_NON_EMPTY)
        .discardingFiredPanes();
  }

  /** Returns the delay of early firings; empty if they are disabled. */
  Optional<Duration> earlyEvery() {
    return Optional.ofNullable(earlyEvery);
  }

  /** Returns the longest windows that tile all others. */
  FixedWindows slices() {
    return FixedWindows.of(every).withOffset(offset(every));
  }

  /** Returns windows of one period. */
  FixedWindows tumbling() {
    return FixedWindows.of(period).withOffset(offset(period));
  }

  /** Returns windows of two periods, the previous and the current one. */
  SlidingWindows sliding() {
    return SlidingWindows.of(period.multipliedBy(2)).every(every).withOffset(offset(every));
  }

  private Duration offset(Duration step) {
    return Duration.millis(alignment % step.getMillis());
  }

  /** Returns the start of an event time's slice. All event times are later than the alignment. */
  long sliceStart(long eventTime) {
    return eventTime - (eventTime - alignment) % every.getMillis();
  }
}
