package fortnight.report.rows;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The periods of an analysis: how long they are, and how much earlier a previous period begins. A
 * single window such as February 2022 can be of 28 days or of one month; further rows decide.
 *
 * @param fixed in milliseconds; empty if windows differ in length
 * @param months in calendar months; empty if windows do not begin and end with months
 */
public record Periods(Optional<Lengths> fixed, Optional<Lengths> months) {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MONTHS_PER_YEAR = 12;

  /**
   * Lengths in one unit.
   *
   * @param distance from the start of the previous to that of the current period; 0 if rows have no
   *     previous period
   */
  public record Lengths(long period, long distance) {}

  /** The possible periods of one row; the previous start is the start if there is none. */
  static Periods of(long previousStart, long start, long end) {
    Optional<Lengths> months = Optional.empty();
    if (isStartOfMonth(start) && isStartOfMonth(end) && isStartOfMonth(previousStart)) {
      months =
          Optional.of(new Lengths(month(end) - month(start), month(start) - month(previousStart)));
    }
    return new Periods(Optional.of(new Lengths(end - start, start - previousStart)), months);
  }

  /** The periods that these and others have in common. */
  Periods common(Periods others) {
    return new Periods(
        fixed.filter(lengths -> others.fixed.equals(Optional.of(lengths))),
        months.filter(lengths -> others.months.equals(Optional.of(lengths))));
  }

  boolean isEmpty() {
    return fixed.isEmpty() && months.isEmpty();
  }

  /** Whether a period of others has the same length, in milliseconds or in months. */
  boolean hasLengthOf(Periods others) {
    return hasSameLength(fixed, others.fixed) || hasSameLength(months, others.months);
  }

  private static boolean hasSameLength(Optional<Lengths> some, Optional<Lengths> others) {
    return some.isPresent() && others.isPresent() && some.get().period() == others.get().period();
  }

  /** The start of the previous period of a current one. */
  public long previousStart(long start) {
    return months.isPresent()
        ? plusMonths(start, -months.get().distance())
        : start - fixed.orElseThrow().distance();
  }

  /** The end of the period with this start. */
  public long end(long start) {
    return months.isPresent()
        ? plusMonths(start, months.get().period())
        : start + fixed.orElseThrow().period();
  }

  private static long plusMonths(long time, long months) {
    long month = month(time) + months;
    return LocalDate.of(
                (int) Math.floorDiv(month, MONTHS_PER_YEAR),
                Math.floorMod(month, MONTHS_PER_YEAR) + 1,
                1)
            .toEpochDay()
        * MILLIS_PER_DAY;
  }

  private static boolean isStartOfMonth(long time) {
    return Math.floorMod(time, MILLIS_PER_DAY) == 0 && date(time).getDayOfMonth() == 1;
  }

  /** The number of months since January of year 0. */
  private static long month(long time) {
    LocalDate date = date(time);
    return (long) MONTHS_PER_YEAR * date.getYear() + date.getMonthValue() - 1;
  }

  private static LocalDate date(long time) {
    return LocalDate.ofEpochDay(Math.floorDiv(time, MILLIS_PER_DAY));
  }
}
