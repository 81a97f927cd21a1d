package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.joda.time.Duration.millis;
import static org.joda.time.Duration.standardDays;
import static org.joda.time.Duration.standardHours;
import static org.joda.time.Duration.standardMinutes;

import fortnight.common.time.EventTimeRange;
import java.time.DayOfWeek;
import java.util.Collection;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PartitioningWindowFn;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonWindowsTest {
  private static final Duration WEEK = standardDays(7);

  @Test
  void startsWeeksOnMondayAtMidnight() {
    ComparisonWindows weeks = ComparisonWindows.weeks();

    assertThat(tumbling(weeks, at("2023-01-02")))
        .isEqualTo(new IntervalWindow(at("2023-01-02"), at("2023-01-09")));
    assertThat(tumbling(weeks, at("2023-01-02").minus(millis(1))))
        .isEqualTo(new IntervalWindow(at("2022-12-26"), at("2023-01-02")));
    assertThat(weeks.periods().sliceStart(at("2023-01-02").getMillis()))
        .isEqualTo(at("2023-01-02").getMillis());
    assertThat(weeks.periods().sliceStart(at("2023-01-02").getMillis() - 1))
        .isEqualTo(at("2022-12-26").getMillis());
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 2023-01-02",
    "TUESDAY, 2023-01-03",
    "WEDNESDAY, 2023-01-04",
    "THURSDAY, 2023-01-05",
    "FRIDAY, 2023-01-06",
    "SATURDAY, 2023-01-07",
    "SUNDAY, 2023-01-01"
  })
  void startsWeeksOnTheConfiguredWeekday(DayOfWeek weekStart, String start) {
    ComparisonWindows weeks = ComparisonWindows.of(WEEK, WEEK, weekStart);

    assertThat(tumbling(weeks, at(start)).start()).isEqualTo(at(start));
    assertThat(tumbling(weeks, at(start).minus(millis(1))).end()).isEqualTo(at(start));
  }

  @ParameterizedTest
  @EnumSource(DayOfWeek.class)
  void alignsLongPeriodsToTheFirstSuchWeekdayAfterJanuary4th1970(DayOfWeek weekStart) {
    Instant first = Instant.EPOCH.plus(standardDays(3 + weekStart.getValue()));
    Duration period = standardDays(10);

    ComparisonWindows windows = ComparisonWindows.of(period, period, weekStart);

    assertThat(tumbling(windows, first.plus(standardDays(1000))).start())
        .isEqualTo(first.plus(standardDays(1000)));
    assertThat(tumbling(windows, first.plus(standardDays(1000)).minus(millis(1))).start())
        .isEqualTo(first.plus(standardDays(990)));
  }

  @Test
  void comparesEachWeekWithThePreviousWeek() {
    assertThat(pairs(ComparisonWindows.weeks(), at("2023-01-02")))
        .containsExactlyInAnyOrder(
            new IntervalWindow(at("2022-12-26"), at("2023-01-09")),
            new IntervalWindow(at("2023-01-02"), at("2023-01-16")));
  }

  @Test
  void comparesEveryDay() {
    ComparisonWindows daily = ComparisonWindows.of(WEEK, standardDays(1), MONDAY);

    assertThat(pairs(daily, at("2023-01-04T12:00")))
        .hasSize(14)
        .contains(
            new IntervalWindow(at("2022-12-22"), at("2023-01-05")),
            new IntervalWindow(at("2023-01-04"), at("2023-01-18")));
  }

  static Stream<ComparisonWindows> combinations() {
    return Stream.of(DayOfWeek.values())
        .flatMap(
            weekStart ->
                Stream.of(
                    ComparisonWindows.of(WEEK, WEEK, weekStart),
                    ComparisonWindows.of(WEEK, standardDays(1), weekStart),
                    ComparisonWindows.of(WEEK, standardHours(1), weekStart),
                    ComparisonWindows.of(standardDays(10), standardDays(5), weekStart),
                    ComparisonWindows.of(standardMinutes(15), standardMinutes(5), weekStart),
                    ComparisonWindows.of(millis(21), millis(7), weekStart)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void tilesAllWindowsWithSlices(ComparisonWindows windows) {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      long eventTime = random.nextLong(EventTimeRange.FIRST, EventTimeRange.END);
      IntervalWindow slice = only(windows.periods().slices(), Instant.ofEpochMilli(eventTime));

      assertThat(windows.periods().sliceStart(eventTime)).isEqualTo(slice.start().getMillis());
      assertThat(slice.end())
          .isEqualTo(Instant.ofEpochMilli(windows.periods().sliceEnd(slice.start().getMillis())));
      assertThat(tumbling(windows, slice.start()))
          .isEqualTo(tumbling(windows, slice.maxTimestamp()));
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void alignsHalvesOfComparisonsToSlices(ComparisonWindows windows) {
    long eventTime = at("2023-01-02T09:00").getMillis();
    long start = windows.periods().sliceStart(eventTime);

    for (IntervalWindow window : pairs(windows, Instant.ofEpochMilli(start))) {
      Periods periods = windows.periods();
      long end = window.end().getMillis();
      long half = periods.currentStart(end);

      assertThat(periods.previousStart(end)).isEqualTo(window.start().getMillis());
      assertThat(periods.previousEnd(end)).isEqualTo(half);
      assertThat((half - start) % (periods.sliceEnd(start) - start)).isZero();
    }
  }

  @Test
  void rejectsNonPositiveDurations() {
    assertRejected(
        Duration.ZERO, WEEK, "period = PT0S and every = PT604800S must be longer than zero");
    assertRejected(
        WEEK, millis(-1), "period = PT604800S and every = PT-0.001S must be longer than zero");
  }

  @Test
  void rejectsAnIntervalThatDoesNotDivideThePeriod() {
    assertRejected(
        WEEK,
        standardDays(2),
        "every = PT172800S must divide period = PT604800S without remainder");
    assertRejected(
        standardDays(1), WEEK, "every = PT604800S must divide period = PT86400S without remainder");
  }

  private static void assertRejected(Duration period, Duration every, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparisonWindows.of(period, every, MONDAY))
        .withMessage(message);
  }

  private static IntervalWindow tumbling(ComparisonWindows windows, Instant time) {
    return only(windows.periods().tumbling(), time);
  }

  private static IntervalWindow only(WindowFn<Object, IntervalWindow> windowFn, Instant time) {
    return ((PartitioningWindowFn<Object, IntervalWindow>) windowFn).assignWindow(time);
  }

  private static Collection<IntervalWindow> pairs(ComparisonWindows windows, Instant time) {
    return windows.periods().pairs() instanceof SlidingWindows sliding
        ? sliding.assignWindows(time)
        : ((PeriodPairs) windows.periods().pairs()).assignWindows(time.getMillis());
  }
}
