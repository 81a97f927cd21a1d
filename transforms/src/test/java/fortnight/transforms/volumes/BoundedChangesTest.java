package fortnight.transforms.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with sums that are computed separately for each window. */
final class BoundedChangesTest {
  private static final long MONDAY = Instant.parse("2022-01-03T00:00:00Z").getMillis();
  private static final long HOUR = Duration.standardHours(1).getMillis();
  private static final int ITEMS = 5;

  @ParameterizedTest(name = "period of {0} h every {1} h, seed {2}")
  @CsvSource({"1, 1, 1", "2, 1, 2", "24, 1, 3", "24, 8, 4", "168, 24, 5", "168, 168, 6"})
  void equalsTheSumsOfEachWindow(int periodHours, int everyHours, long seed) {
    ComparisonWindows windows =
        ComparisonWindows.of(
            Duration.standardHours(periodHours),
            Duration.standardHours(everyHours),
            DayOfWeek.MONDAY);
    List<Slice> slices = slices(everyHours * HOUR, new Random(seed));
    long last = slices.get(slices.size() - 2).start().getMillis();
    List<VolumeChange> emitted = new ArrayList<>();

    new BoundedChanges.SlidingSums(
            windows.periods(), new CompareVolumes.Measures(false, false), slices)
        .emit(
            last,
            (change, maxTimestamp) -> {
              assertThat(maxTimestamp).isEqualTo(change.currentEnd().minus(Duration.millis(1)));
              emitted.add(change);
            });

    Set<VolumeChange> naive = naive(periodHours * HOUR, everyHours * HOUR, slices, last);
    assertThat(emitted).hasSameSizeAs(naive);
    assertThat(new HashSet<>(emitted)).isEqualTo(naive);
  }

  /** Returns slices, some of them after a gap longer than most windows. */
  private static List<Slice> slices(long every, Random random) {
    TreeMap<Long, Slice> slices = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      long start = MONDAY + every * (random.nextInt(80) + (i % 3 == 0 ? 500 : 0));
      Volume volume = new Volume(0, 1, 1 + random.nextInt(9), start, start);
      Scope scope = Scope.of(Id.ofInteger(random.nextInt(ITEMS)));
      slices.put(start, new Slice(Instant.ofEpochMilli(start), 0, Map.of(scope, volume)));
    }
    return List.copyOf(slices.values());
  }

  private static Set<VolumeChange> naive(long period, long every, List<Slice> slices, long last) {
    Set<VolumeChange> changes = new HashSet<>();
    for (long end = MONDAY - 2 * period; end - every <= last; end += every) {
      Map<Scope, Halves> sums = new TreeMap<>();
      for (Slice slice : slices) {
        long before = end - slice.start().getMillis();
        if (before > 0 && before <= 2 * period) {
          slice
              .volumes()
              .forEach(
                  (scope, volume) ->
                      sums.merge(
                          scope,
                          before > period
                              ? new Halves(volume, Volume.NONE, false)
                              : new Halves(Volume.NONE, volume, false),
                          Halves::plus));
        }
      }
      for (Map.Entry<Scope, Halves> sum : sums.entrySet()) {
        changes.add(
            new VolumeChange(
                Instant.ofEpochMilli(end - 2 * period),
                Instant.ofEpochMilli(end - period),
                Instant.ofEpochMilli(end),
                sum.getKey(),
                Measure.UNITS,
                sum.getValue().previous().units(),
                sum.getValue().current().units(),
                sum.getValue().previous().lineItems() + sum.getValue().current().lineItems(),
                Pane.ON_TIME));
      }
    }
    return changes;
  }
}
