package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fortnight.transforms.volumes.PeriodCalendar.Comparison;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares periods of fixed length and of the calendar with a list of all comparisons. */
class PeriodsTest {
  static Stream<PeriodCalendar> calendars() {
    return Stream.of(
        PeriodCalendar.ofHours(168, 168, 168),
        PeriodCalendar.ofHours(168, 168, 336),
        PeriodCalendar.ofHours(168, 168, 8736), // 364 days
        PeriodCalendar.ofHours(168, 24, 8736),
        PeriodCalendar.ofHours(168, 24, 24),
        PeriodCalendar.ofHours(168, 24, 240),
        PeriodCalendar.ofHours(24, 8, 8),
        PeriodCalendar.ofHours(24, 8, 40),
        PeriodCalendar.ofHours(1, 1, 24),
        PeriodCalendar.ofMonths(1, 1),
        PeriodCalendar.ofMonths(1, 12),
        PeriodCalendar.ofMonths(2, 5),
        PeriodCalendar.ofMonths(3, 3),
        PeriodCalendar.ofMonths(3, 12),
        PeriodCalendar.ofMonths(3, 1),
        PeriodCalendar.ofMonths(4, 2),
        PeriodCalendar.ofMonths(6, 6),
        PeriodCalendar.ofMonths(12, 12),
        PeriodCalendar.ofMonths(12, 1),
        PeriodCalendar.ofMonths(24, 24));
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void assignTimesToTheComparisonsThatContainThem(PeriodCalendar calendar) {
    Random random = new Random(7);
    Periods periods = calendar.windows().periods();
    for (int i = 0; i < calendar.sliceCount(); i++) {
      long start = calendar.sliceStart(i);
      long end = calendar.sliceStart(i + 1);
      for (long time : List.of(start, random.nextLong(start, end), end - 1)) {
        assertThat(periods.sliceStart(time)).isEqualTo(start);
        assertThat(only(periods.slices(), time)).isEqualTo(window(start, end));
        assertThat(new HashSet<>(pairs(periods, time)))
            .isEqualTo(
                new HashSet<>(
                    calendar.comparisons().stream()
                        .filter(comparison -> comparison.has(time))
                        .map(found -> window(found.previousStart(), found.end()))
                        .toList()));
        assertThat(pairs(periods, time)).doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void nameComparisonsByTheirEnds(PeriodCalendar calendar) {
    Periods periods = calendar.windows().periods();
    List<Comparison> all = calendar.comparisons();
    for (int i = 0; i < calendar.sliceCount(); i++) {
      long slice = calendar.sliceStart(i);

      assertThat(periods.sliceEnd(slice)).isEqualTo(calendar.sliceStart(i + 1));
      assertThat(periods.firstEnd(slice))
          .isEqualTo(all.stream().filter(c -> c.hasCurrent(slice)).findFirst().get().end());
      assertThat(periods.firstEndAsPrevious(slice))
          .isEqualTo(all.stream().filter(c -> c.hasPrevious(slice)).findFirst().get().end());
      long lastEnd =
          all.stream()
              .filter(c -> c.hasCurrent(slice))
              .mapToLong(Comparison::end)
              .max()
              .getAsLong();
      assertThat(periods.furtherLateness().getMillis())
          .isGreaterThanOrEqualTo(lastEnd - periods.sliceEnd(slice));
      assertThat(periods.longestSlice().getMillis())
          .isGreaterThanOrEqualTo(periods.sliceEnd(slice) - slice);
    }
    for (int i = 0; i < all.size(); i++) {
      Comparison comparison = all.get(i);

      assertThat(periods.previousStart(comparison.end())).isEqualTo(comparison.previousStart());
      assertThat(periods.previousEnd(comparison.end())).isEqualTo(comparison.previousEnd());
      assertThat(periods.currentStart(comparison.end())).isEqualTo(comparison.currentStart());
      if (i > 0) {
        assertThat(periods.nextEnd(all.get(i - 1).end())).isEqualTo(comparison.end());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2020-02-29T23:59:59.999, 2020-02-01, 2020-03-01",
    "1, 2020-03-01, 2020-03-01, 2020-04-01",
    "1, 2023-02-28T12:00, 2023-02-01, 2023-03-01",
    "1, 2023-12-31T23:59:59.999, 2023-12-01, 2024-01-01",
    "2, 2024-02-29, 2024-01-01, 2024-03-01",
    "3, 2024-03-31T23:59:59.999, 2024-01-01, 2024-04-01",
    "4, 2024-08-31, 2024-05-01, 2024-09-01",
    "6, 2024-07-01, 2024-07-01, 2025-01-01",
    "12, 2024-02-29, 2024-01-01, 2025-01-01",
    "12, 1971-01-15, 1971-01-01, 1972-01-01",
    "24, 2023-06-01, 2022-01-01, 2024-01-01"
  })
  void beginAtMidnightOfTheFirstOfAMonth(int months, String time, String start, String end) {
    Periods periods = ComparisonWindows.ofMonths(months).periods();

    assertThat(only(periods.tumbling(), at(time).getMillis()))
        .isEqualTo(new IntervalWindow(at(start), at(end)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12, 2024-03-01, 2023-02-01, 2023-03-01, 2024-02-01",
    "1, 12, 2025-03-01, 2024-02-01, 2024-03-01, 2025-02-01",
    "1, 1, 2024-04-01, 2024-02-01, 2024-03-01, 2024-03-01",
    "3, 12, 2024-04-01, 2023-01-01, 2023-04-01, 2024-01-01",
    "12, 12, 2021-01-01, 2019-01-01, 2020-01-01, 2020-01-01",
    "3, 1, 2024-04-01, 2023-12-01, 2024-03-01, 2024-01-01"
  })
  void compareMonthsOfDifferentLength(
      int months,
      int distance,
      String end,
      String previousStart,
      String previousEnd,
      String currentStart) {
    Periods periods = ComparisonWindows.ofMonths(months).withDistanceOfMonths(distance).periods();
    long millis = at(end).getMillis();

    assertThat(Instant.ofEpochMilli(periods.previousStart(millis))).isEqualTo(at(previousStart));
    assertThat(Instant.ofEpochMilli(periods.previousEnd(millis))).isEqualTo(at(previousEnd));
    assertThat(Instant.ofEpochMilli(periods.currentStart(millis))).isEqualTo(at(currentStart));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 5, 7, 8, 9, 10, 11, 13, 18})
  void ofTheCalendarDivideAYear(int months) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparisonWindows.ofMonths(months))
        .withMessage(months + " months do not divide a year");
  }

  @Test
  void haveADistanceOfTheirOwnKind() {
    ComparisonWindows weeks = ComparisonWindows.weeks();
    ComparisonWindows months = ComparisonWindows.ofMonths(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> weeks.withDistance(Duration.standardDays(365)))
        .withMessage(
            "distance = P365D must be a multiple of every = PT604800S"
                .replace("P365D", "PT31536000S"));
    assertThatIllegalArgumentException().isThrownBy(() -> weeks.withDistance(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> weeks.withDistanceOfMonths(1));
    assertThatIllegalArgumentException().isThrownBy(() -> months.withDistanceOfMonths(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> months.withDistance(Duration.standardDays(365)));
  }

  @Test
  void keepSlicesNoLongerForADistantPeriod() {
    Duration lateness = Duration.standardDays(3);
    ComparisonWindows lastYear =
        ComparisonWindows.weeks()
            .withDistance(Duration.standardDays(364))
            .withAllowedLateness(lateness);

    assertThat(lastYear.sliceLateness()).isEqualTo(Duration.standardDays(3 + 7));
    assertThat(lastYear.longestUse()).isEqualTo(Duration.standardDays(3 + 7 + 7));
  }

  private static IntervalWindow window(long start, long end) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
  }

  private static IntervalWindow only(WindowFn<Object, IntervalWindow> windowFn, long time) {
    return ((PartitioningWindowFn<Object, IntervalWindow>) windowFn)
        .assignWindow(Instant.ofEpochMilli(time));
  }

  private static Collection<IntervalWindow> pairs(Periods periods, long time) {
    return periods.pairs() instanceof SlidingWindows sliding
        ? sliding.assignWindows(Instant.ofEpochMilli(time))
        : ((PeriodPairs) periods.pairs()).assignWindows(time);
  }
}
