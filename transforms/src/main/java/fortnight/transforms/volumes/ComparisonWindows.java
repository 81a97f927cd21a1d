package fortnight.transforms.volumes;

import fortnight.common.time.EventTimeRange;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/**
 * The windows of a comparison of each period with an earlier one: by default with the one before
 * it.
 *
 * <p>Periods have a fixed length, and are aligned to midnight of a weekday; or they are months,
 * quarters or years of the calendar.
 *
 * <p>For bounded input each window fires once. In a stream a window fires when the watermark passes
 * its end, again for each element within the allowed lateness, and before if early firings are
 * enabled.
 */
public final class ComparisonWindows implements Serializable {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MONTHS_OF_YEAR = 12;

  private final Periods periods;
  private final Duration allowedLateness;
  private final @Nullable Duration earlyEvery;

  private ComparisonWindows(
      Periods periods, Duration allowedLateness, @Nullable Duration earlyEvery) {
    this.periods = periods;
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
        new FixedPeriods(
            period.getMillis(),
            every.getMillis(),
            period.getMillis(),
            firstOfWeek.toEpochDay() * MILLIS_PER_DAY),
        Duration.ZERO,
        null);
  }

  /** Compares calendar weeks, which start on Monday. */
  public static ComparisonWindows weeks() {
    return of(Duration.standardDays(7), Duration.standardDays(7), DayOfWeek.MONDAY);
  }

  /**
   * Compares periods of whole months of the calendar, which begin at midnight of the first of a
   * month, counted from January.
   *
   * @param months divides a year, or is a number of whole years
   */
  public static ComparisonWindows ofMonths(int months) {
    if (months < 1 || (MONTHS_OF_YEAR % months != 0 && months % MONTHS_OF_YEAR != 0)) {
      throw new IllegalArgumentException(months + " months do not divide a year");
    }
    return new ComparisonWindows(new CalendarPeriods(months, months), Duration.ZERO, null);
  }

  /**
   * Sets how much earlier the previous period begins; the default is the length of a period.
   *
   * @param distance a multiple of the interval between comparisons
   */
  public ComparisonWindows withDistance(Duration distance) {
    long millis = distance.getMillis();
    if (!(periods instanceof FixedPeriods fixed)) {
      throw new IllegalArgumentException("the distance of calendar periods is a number of months");
    }
    if (millis <= 0 || millis % fixed.everyMillis() != 0) {
      throw new IllegalArgumentException(
          "distance = " + distance + " must be a multiple of every = " + every());
    }
    return withPeriods(
        new FixedPeriods(fixed.lengthMillis(), fixed.everyMillis(), millis, fixed.alignment()));
  }

  /** Sets by how many months the previous period begins earlier; the default is a period. */
  public ComparisonWindows withDistanceOfMonths(int months) {
    if (!(periods instanceof CalendarPeriods calendar)) {
      throw new IllegalArgumentException("the distance of fixed periods is a duration");
    }
    if (months < 1) {
      throw new IllegalArgumentException("the distance must be a month or more, not " + months);
    }
    return withPeriods(new CalendarPeriods(calendar.length(), months));
  }

  private ComparisonWindows withPeriods(Periods newPeriods) {
    return new ComparisonWindows(newPeriods, allowedLateness, earlyEvery);
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
    return new ComparisonWindows(periods, newLateness, earlyEvery);
  }

  /** Makes open windows fire this long, in processing time, after the first element of a pane. */
  public ComparisonWindows withEarlyFiringsEvery(Duration delay) {
    if (delay.getMillis() <= 0) {
      throw new IllegalArgumentException("earlyEvery = " + delay + " must be longer than zero");
    }
    return new ComparisonWindows(periods, allowedLateness, delay);
  }

  /** Returns the length of a period in ISO 8601. */
  public String period() {
    return periods.period();
  }

  /** Returns the interval between comparisons in ISO 8601. */
  public String every() {
    return periods.every();
  }

  /** Returns how much earlier the previous period begins, in ISO 8601. */
  public String distance() {
    return periods.against();
  }

  /**
   * Returns how many comparisons overlap: those whose previous period has begun, and whose current
   * period has not ended, at a time. In a stream, so many can have state.
   */
  public long overlapping() {
    return periods.overlapping();
  }

  public Duration allowedLateness() {
    return allowedLateness;
  }

  /**
   * Returns the allowed lateness of slices: until the last window that covers a slice expires. If
   * the previous period is much earlier, until it would expire if the periods were adjacent:
   * elements that are later are not counted in the tumbling window of the slice either.
   */
  public Duration sliceLateness() {
    return allowedLateness.plus(periods.furtherLateness());
  }

  /**
   * Returns how long after its event time an element can be counted, at most: until its slice
   * expires.
   */
  public Duration longestUse() {
    return periods.longestSlice().plus(sliceLateness());
  }

  /**
   * Windows results by the slice in which their own window ends, to gather the results that a
   * stream emits together: fires at the end of the slice, and {@code gatherFor} after the first
   * result of every other pane. Results are never dropped as late.
   */
  public <T> Window<T> intoEnds(Duration gatherFor) {
    OnceTrigger gathered = AfterProcessingTime.pastFirstElementInPane().plusDelayOf(gatherFor);
    return Window.<T>into(periods.slices())
        .triggering(
            AfterWatermark.pastEndOfWindow().withEarlyFirings(gathered).withLateFirings(gathered))
        .withAllowedLateness(Duration.millis(EventTimeRange.END))
        .withOnTimeBehavior(OnTimeBehavior.FIRE_IF_NON_EMPTY)
        .discardingFiredPanes();
  }

  Periods periods() {
    return periods;
  }

  /** Returns the delay of early firings; empty if they are disabled. */
  Optional<Duration> earlyEvery() {
    return Optional.ofNullable(earlyEvery);
  }
}
