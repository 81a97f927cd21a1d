package fortnight.transforms.volumes;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.joda.time.Duration;

/**
 * A plain model of {@link Periods}, in milliseconds: lists all comparisons of some years by their
 * dates.
 *
 * @param slices the starts of all slices, in order, and the end of the last one
 * @param comparisons all that contain one of these slices, ordered by their ends
 */
record PeriodCalendar(ComparisonWindows windows, List<Long> slices, List<Comparison> comparisons) {
  private static final int SLICES = 300;
  private static final LocalDate FIRST_MONTH = LocalDate.of(2018, 1, 1);
  private static final int MONTHS = 12 * 9;

  /** Two periods; the previous one may overlap with the current one. */
  record Comparison(long previousStart, long previousEnd, long currentStart, long end) {
    boolean hasPrevious(long time) {
      return time >= previousStart && time < previousEnd;
    }

    boolean hasCurrent(long time) {
      return time >= currentStart && time < end;
    }

    boolean has(long time) {
      return hasPrevious(time) || hasCurrent(time);
    }
  }

  /** Periods of hours. The first slice begins on a Monday, as periods of weeks do. */
  static PeriodCalendar ofHours(int period, int every, int distance) {
    ComparisonWindows windows =
        ComparisonWindows.of(hours(period), hours(every), DayOfWeek.MONDAY)
            .withDistance(hours(distance));
    long step = hours(every).getMillis();
    long monday = millis(LocalDate.of(2020, 2, 24));
    List<Long> slices = new ArrayList<>();
    for (int i = 0; i <= SLICES; i++) {
      slices.add(monday + i * step);
    }
    List<Comparison> comparisons = new ArrayList<>();
    long length = hours(period).getMillis();
    long before = hours(distance).getMillis();
    for (long end = monday + step; end <= slices.get(SLICES) + length + before; end += step) {
      comparisons.add(new Comparison(end - length - before, end - before, end - length, end));
    }
    return new PeriodCalendar(windows, slices, comparisons);
  }

  /** Periods of whole months, over leap years. */
  static PeriodCalendar ofMonths(int period, int distance) {
    ComparisonWindows windows = ComparisonWindows.ofMonths(period).withDistanceOfMonths(distance);
    List<Long> slices = new ArrayList<>();
    for (int month = 0; month <= MONTHS; month++) {
      slices.add(millis(FIRST_MONTH.plusMonths(month)));
    }
    List<Comparison> comparisons = new ArrayList<>();
    // 1970 is a multiple of one and of two years before.
    for (int month = 0; month < 12 * 48 + MONTHS + period + distance; month += period) {
      LocalDate start = LocalDate.of(1970, 1, 1).plusMonths(month);
      if (start.plusMonths(period).isAfter(FIRST_MONTH)) {
        comparisons.add(
            new Comparison(
                millis(start.minusMonths(distance)),
                millis(start.minusMonths(distance).plusMonths(period)),
                millis(start),
                millis(start.plusMonths(period))));
      }
    }
    return new PeriodCalendar(windows, slices, comparisons);
  }

  /** Returns the slice with an index, and the following one as its end. */
  long sliceStart(int index) {
    return slices.get(index);
  }

  int sliceCount() {
    return slices.size() - 1;
  }

  static long millis(LocalDate midnight) {
    return midnight.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static Duration hours(int hours) {
    return Duration.standardHours(hours);
  }

  @Override
  public String toString() {
    return "%s every %s against %s"
        .formatted(windows.period(), windows.every(), windows.distance());
  }
}
