package fortnight.transforms.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import fortnight.transforms.DistinctIds;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.volumes.PeriodCalendar.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with sums that are computed separately for each window. */
final class BoundedChangesTest {
  private static final List<Scope> SCOPES =
      List.of(
          Scope.SHOP,
          Scope.shop("EUR"),
          Scope.of(Id.ofInteger(1)),
          Scope.of(Id.ofInteger(2)),
          new Scope("store", Id.NULL, null),
          new Scope("store", Id.ofInteger(1), "EUR"));

  static Stream<PeriodCalendar> calendars() {
    return Stream.of(
        PeriodCalendar.ofHours(1, 1, 1),
        PeriodCalendar.ofHours(2, 1, 2),
        PeriodCalendar.ofHours(24, 1, 24),
        PeriodCalendar.ofHours(24, 8, 24),
        PeriodCalendar.ofHours(168, 24, 168),
        PeriodCalendar.ofHours(168, 168, 168),
        PeriodCalendar.ofHours(168, 168, 8736),
        PeriodCalendar.ofHours(168, 168, 336),
        PeriodCalendar.ofHours(168, 24, 1680),
        PeriodCalendar.ofHours(168, 24, 24), // The periods overlap.
        PeriodCalendar.ofHours(24, 8, 16),
        PeriodCalendar.ofHours(24, 8, 40),
        PeriodCalendar.ofMonths(1, 1),
        PeriodCalendar.ofMonths(1, 12),
        PeriodCalendar.ofMonths(3, 12),
        PeriodCalendar.ofMonths(3, 1),
        PeriodCalendar.ofMonths(12, 12),
        PeriodCalendar.ofMonths(12, 24));
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void equalsTheSumsOfEachWindow(PeriodCalendar calendar) {
    for (long seed = 1; seed <= 5; seed++) {
      List<Slice> slices = slices(calendar, new Random(seed));
      long last = slices.get(slices.size() - 2).start().getMillis();
      List<VolumeChange> emitted = new ArrayList<>();

      new BoundedChanges.SlidingSums(
              calendar.windows().periods(), CompareVolumes.Measures.of(false, true), slices)
          .emit(
              last,
              (change, maxTimestamp) -> {
                assertThat(maxTimestamp).isEqualTo(change.currentEnd().minus(Duration.millis(1)));
                emitted.add(change);
              });

      Set<VolumeChange> naive = naive(calendar, slices, last);
      assertThat(emitted).hasSameSizeAs(naive);
      assertThat(new HashSet<>(emitted)).isEqualTo(naive);
    }
  }

  /** Returns slices, some of them after a gap longer than most windows. */
  private static List<Slice> slices(PeriodCalendar calendar, Random random) {
    int few = calendar.sliceCount() / 4;
    TreeMap<Long, Map<Scope, Volume>> slices = new TreeMap<>();
    for (int i = 0; i < few; i++) {
      long start =
          calendar.sliceStart(random.nextInt(few) + (i % 3 == 0 ? calendar.sliceCount() - few : 0));
      slices
          .computeIfAbsent(start, none -> new HashMap<>())
          .put(
              SCOPES.get(random.nextInt(SCOPES.size())),
              new Volume(
                  1 + random.nextInt(9),
                  1 + random.nextInt(9),
                  Int128.of(random.nextInt(19) - 9),
                  Int128.product(random.nextLong(), random.nextLong()),
                  start,
                  start,
                  DistinctIds.NONE));
    }
    return slices.entrySet().stream()
        .map(slice -> new Slice(Instant.ofEpochMilli(slice.getKey()), 0, slice.getValue()))
        .toList();
  }

  private static Set<VolumeChange> naive(PeriodCalendar calendar, List<Slice> slices, long last) {
    long lastEnd =
        calendar.comparisons().stream()
            .filter(comparison -> comparison.hasCurrent(last))
            .findFirst()
            .orElseThrow()
            .end();
    Set<VolumeChange> changes = new HashSet<>();
    for (Comparison comparison : calendar.comparisons()) {
      if (comparison.end() <= lastEnd) {
        for (Scope scope : SCOPES) {
          add(comparison, scope, slices, changes);
        }
      }
    }
    return changes;
  }

  private static void add(
      Comparison comparison, Scope scope, List<Slice> slices, Set<VolumeChange> changes) {
    Halves halves = new Halves(Volume.NONE, Volume.NONE, false);
    for (Slice slice : slices) {
      long start = slice.start().getMillis();
      Volume volume = slice.volumes().getOrDefault(scope, Volume.NONE);
      halves =
          halves.plus(
              new Halves(
                  comparison.hasPrevious(start) ? volume : Volume.NONE,
                  comparison.hasCurrent(start) ? volume : Volume.NONE,
                  false));
    }
    Volume previous = halves.previous();
    Volume current = halves.current();
    if (previous.lineItems() + current.lineItems() == 0) {
      return;
    }
    for (Measure measure :
        List.of(scope.isShop() ? Measure.TRANSACTIONS : Measure.UNITS, Measure.REVENUE)) {
      changes.add(
          new VolumeChange(
              Instant.ofEpochMilli(comparison.previousStart()),
              Instant.ofEpochMilli(comparison.currentStart()),
              Instant.ofEpochMilli(comparison.end()),
              scope,
              measure,
              previous.of(measure),
              current.of(measure),
              scope.isShop()
                  ? previous.records() + current.records()
                  : previous.lineItems() + current.lineItems(),
              Pane.ON_TIME));
    }
  }
}
