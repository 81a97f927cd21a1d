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
 * The windows in which one period is compared with the one before it.
 *
 * <p>All of them are aligned to midnight of one weekday, so that slices tile the tumbling windows,
 * and both halves of the sliding ones.
 *
 * <p>Bounded input fires each window once. In a stream it fires when the watermark passes its end,
 * again for whatever comes within the allowed lateness, and before, if early firings are asked for.
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
   * A period of this length is compared with the one before it.
   *
   * @param every how often the comparison moves on; divides the period
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

  /** Calendar weeks, each compared with the one before it. */
  public static ComparisonWindows weeks() {
    return of(Duration.standardDays(7), Duration.standardDays(7), DayOfWeek.MONDAY);
  }

  /**
   * So long after the watermark has passed a window, what comes for it still corrects its result.
   */
  public ComparisonWindows withAllowedLateness(Duration newLateness) {
    if (newLateness.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException(
          "allowedLateness = " + newLateness + " must not be below zero");
    }
    return new ComparisonWindows(period, every, alignment, newLateness, earlyEvery);
  }

  /** Open windows fire so long, in processing time, after something came for them. */
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

  /** Until the last of the windows that cover a slice takes nothing more. */
  public Duration sliceLateness() {
    return allowedLateness.plus(period.multipliedBy(2)).minus(every);
  }

  /**
   * By the slice in which the window of a result ends, so that all of them that fire together in a
   * stream can be gathered: at the end of the window, and so long after others came. Nothing is too
   * late.
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

  /** Empty where open windows do not fire. */
  Optional<Duration> earlyEvery() {
    return Optional.ofNullable(earlyEvery);
  }

  /** The largest windows that tile all others. */
  FixedWindows slices() {
    return FixedWindows.of(every).withOffset(offset(every));
  }

  /** One period each. */
  FixedWindows tumbling() {
    return FixedWindows.of(period).withOffset(offset(period));
  }

  /** Two periods each: the previous and the current one. */
  SlidingWindows sliding() {
    return SlidingWindows.of(period.multipliedBy(2)).every(every).withOffset(offset(every));
  }

  private Duration offset(Duration step) {
    return Duration.millis(alignment % step.getMillis());
  }

  /**
   * Where the slice of an event time starts. Event times lie behind the alignment, in 1971 or
   * later.
   */
  long sliceStart(long eventTime) {
    return eventTime - (eventTime - alignment) % every.getMillis();
  }
}
