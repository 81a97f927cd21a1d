package fortnight.transforms.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.volumes.PeriodCalendar.Comparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the comparisons without transactions with those of a plain model. */
class TradedSlicesTest {
  private static final int RUNS = 40;

  static Stream<PeriodCalendar> calendars() {
    return Stream.of(
        PeriodCalendar.ofHours(168, 168, 168),
        PeriodCalendar.ofHours(168, 168, 1008),
        PeriodCalendar.ofHours(168, 24, 168),
        PeriodCalendar.ofHours(168, 24, 24),
        PeriodCalendar.ofHours(24, 8, 120),
        PeriodCalendar.ofMonths(1, 1),
        PeriodCalendar.ofMonths(1, 12),
        PeriodCalendar.ofMonths(3, 12),
        PeriodCalendar.ofMonths(3, 1),
        PeriodCalendar.ofMonths(12, 12));
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void emitTheSilentComparisonsOfSlicesInOrderOfTime(PeriodCalendar calendar) {
    for (int run = 0; run < RUNS; run++) {
      Set<Long> slices = new TreeSet<>(slices(calendar, new Random(run)));

      assertThat(emitted(calendar, slices, false)).isEqualTo(silent(calendar, slices));
    }
  }

  /**
   * A comparison may be emitted before a late slice has transactions of one of its periods. Its row
   * has the version 0, and those of the late slice replace it.
   */
  @ParameterizedTest
  @MethodSource("calendars")
  void emitTheSilentComparisonsOfSlicesInAnyOrderOnce(PeriodCalendar calendar) {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      List<Long> slices = slices(calendar, random);
      Collections.shuffle(slices, random);

      List<Long> emitted = emitted(calendar, slices, false);

      assertThat(emitted).doesNotHaveDuplicates().containsAll(silent(calendar, slices));
      assertThat(all(calendar, slices)).containsAll(emitted);
    }
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void emitTheSameWithoutTheRangesThatAreNotNeeded(PeriodCalendar calendar) {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      List<Long> slices = slices(calendar, random);
      for (int swaps = random.nextInt(4); swaps > 0; swaps--) {
        int late = random.nextInt(slices.size() - 1);
        Collections.swap(slices, late, late + 1);
      }

      assertThat(emitted(calendar, slices, true)).isEqualTo(emitted(calendar, slices, false));
    }
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void needFewRangesOfManySlices(PeriodCalendar calendar) {
    TradedSlices traded = new TradedSlices(calendar.windows().periods());
    int largest = 0;
    for (int i = 0; i < calendar.sliceCount(); i += 2) {
      traded.add(calendar.sliceStart(i), end -> {});
      traded.prune();
      largest = Math.max(largest, traded.ranges().size());
    }

    Periods periods = calendar.windows().periods();
    long end = periods.firstEnd(calendar.sliceStart(calendar.sliceCount() - 1));
    long inOneComparison =
        (end - periods.previousStart(end)) / (calendar.sliceStart(1) - calendar.sliceStart(0));
    assertThat((long) largest).isLessThanOrEqualTo(3 + (1 + inOneComparison) / 2);
  }

  /** Returns the ends in the order in which they are emitted. */
  private static List<Long> emitted(
      PeriodCalendar calendar, Collection<Long> slices, boolean isPruned) {
    List<Long> ends = new ArrayList<>();
    TradedSlices traded = new TradedSlices(calendar.windows().periods());
    int added = 0;
    for (long slice : slices) {
      traded.add(slice, ends::add);
      if (isPruned) {
        traded.prune();
      }
      if (++added % 10 == 0) {
        traded = new TradedSlices(calendar.windows().periods(), decoded(traded.ranges()));
      }
    }
    return ends;
  }

  private static Map<Long, Long> decoded(Map<Long, Long> ranges) {
    try {
      Map<Long, Long> decoded = CoderUtils.clone(TradedSlices.coder(), ranges);
      assertThat(decoded).isEqualTo(ranges);
      return decoded;
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns random slices in order of time, with gaps of different length. */
  private static List<Long> slices(PeriodCalendar calendar, Random random) {
    List<Long> slices = new ArrayList<>();
    int longest = 1 + random.nextInt(40);
    for (int i = random.nextInt(10); i < calendar.sliceCount(); ) {
      slices.add(calendar.sliceStart(i));
      i += random.nextInt(3) == 0 ? 1 + random.nextInt(longest) : 1;
    }
    return slices;
  }

  private static List<Long> silent(PeriodCalendar calendar, Collection<Long> slices) {
    return between(calendar, slices)
        .filter(comparison -> slices.stream().noneMatch(comparison::has))
        .map(Comparison::end)
        .toList();
  }

  private static List<Long> all(PeriodCalendar calendar, Collection<Long> slices) {
    return between(calendar, slices).map(Comparison::end).toList();
  }

  /** Returns the comparisons from the one that ends with the first slice to that of the last. */
  private static Stream<Comparison> between(PeriodCalendar calendar, Collection<Long> slices) {
    long first = Collections.min(slices);
    long last = Collections.max(slices);
    long lastEnd =
        calendar.comparisons().stream()
            .filter(comparison -> comparison.hasCurrent(last))
            .findFirst()
            .orElseThrow()
            .end();
    return calendar.comparisons().stream()
        .filter(comparison -> comparison.end() > first && comparison.end() <= lastEnd);
  }
}
