package fortnight.transforms.volumes;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Duration;

/**
 * Periods of whole months, counted from January; the slices are months. Months are numbered from
 * January 1970.
 *
 * @param length number of months of a period
 * @param distance number of months by which the previous period begins earlier
 */
record CalendarPeriods(int length, int distance) implements Periods {
  private static final long serialVersionUID = 1;

  private static final int FIRST_YEAR = 1970;
  private static final int MONTHS = 12;
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MAX_DAYS_OF_MONTH = 31;

  @Override
  public WindowFn<Object, IntervalWindow> slices() {
    return CalendarWindows.months(1);
  }

  @Override
  public WindowFn<Object, IntervalWindow> tumbling() {
    return CalendarWindows.months(length);
  }

  @Override
  public WindowFn<Object, IntervalWindow> pairs() {
    return new PeriodPairs(this);
  }

  @Override
  public long sliceStart(long eventTime) {
    return start(month(eventTime));
  }

  @Override
  public long sliceEnd(long sliceStart) {
    return start(month(sliceStart) + 1);
  }

  @Override
  public long firstEnd(long sliceStart) {
    return start(endOfPeriod(month(sliceStart)));
  }

  @Override
  public long firstEndAsPrevious(long sliceStart) {
    return start(endOfPeriod(month(sliceStart) + distance));
  }

  @Override
  public long nextEnd(long end) {
    return start(month(end) + length);
  }

  @Override
  public long currentStart(long end) {
    return start(month(end) - length);
  }

  @Override
  public long previousStart(long end) {
    return start(month(end) - length - distance);
  }

  @Override
  public long previousEnd(long end) {
    return start(month(end) - distance);
  }

  @Override
  public Duration longestSlice() {
    return Duration.standardDays(MAX_DAYS_OF_MONTH);
  }

  @Override
  public Duration furtherLateness() {
    return Duration.standardDays(
        (long) MAX_DAYS_OF_MONTH * (length + Math.min(length, distance) - 1));
  }

  @Override
  public long overlapping() {
    return (2L * length + distance - 1) / length;
  }

  @Override
  public String period() {
    return "P" + length + "M";
  }

  @Override
  public String every() {
    return period();
  }

  @Override
  public String against() {
    return "P" + distance + "M";
  }

  /** Returns the first month after the period that contains a month. */
  private int endOfPeriod(int month) {
    return month - Math.floorMod(month, length) + length;
  }

  private static int month(long time) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time, MILLIS_PER_DAY));
    return MONTHS * (date.getYear() - FIRST_YEAR) + date.getMonthValue() - 1;
  }

  private static long start(int month) {
    LocalDate first =
        LocalDate.of(
            FIRST_YEAR + Math.floorDiv(month, MONTHS), Math.floorMod(month, MONTHS) + 1, 1);
    return first.toEpochDay() * MILLIS_PER_DAY;
  }
}
