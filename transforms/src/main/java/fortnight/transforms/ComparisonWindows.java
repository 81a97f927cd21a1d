package fortnight.transforms;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.joda.time.Duration;

/**
 * The windows in which one period is compared with the one before it.
 *
 * <p>All of them are aligned to midnight of one weekday, so that slices tile the tumbling windows,
 * and both halves of the sliding ones.
 */
public final class ComparisonWindows implements Serializable {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private final Duration period;
  private final Duration every;
  private final long alignment;

  private ComparisonWindows(Duration period, Duration every, DayOfWeek weekStart) {
    if (period.getMillis() <= 0 || every.getMillis() <= 0) {
      throw new IllegalArgumentException(
          "period = " + period + " and every = " + every + " must be longer than zero");
    }
    if (period.getMillis() % every.getMillis() != 0) {
      throw new IllegalArgumentException(
          "every = " + every + " must divide period = " + period + " without remainder");
    }
    this.period = period;
    this.every = every;
    this.alignment =
        LocalDate.of(1970, 1, 4).with(TemporalAdjusters.next(weekStart)).toEpochDay()
            * MILLIS_PER_DAY;
  }

  /**
   * A period of this length is compared with the one before it.
   *
   * @param every how often the comparison moves on; divides the period
   * @param weekStart the weekday on whose midnight weeks begin
   */
  public static ComparisonWindows of(Duration period, Duration every, DayOfWeek weekStart) {
    return new ComparisonWindows(period, every, weekStart);
  }

  /** Calendar weeks, each compared with the one before it. */
  public static ComparisonWindows weeks() {
    return of(Duration.standardDays(7), Duration.standardDays(7), DayOfWeek.MONDAY);
  }

  public Duration period() {
    return period;
  }

  public Duration every() {
    return every;
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
