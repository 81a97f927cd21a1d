package fortnight.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Volumes of weeks by their start, for the shop and for each item, and all rows of them. */
public final class WeeklySums {
  private final TreeMap<Long, Volume> shop = new TreeMap<>();
  private final TreeMap<Long, Map<Long, Volume>> items = new TreeMap<>();

  /** Adds to the shop's week. */
  public void add(long week, Volume volume) {
    shop.computeIfAbsent(week, start -> new Volume()).add(volume);
  }

  /** Adds to an item's week. */
  public void add(long week, long item, Volume volume) {
    items
        .computeIfAbsent(week, start -> new TreeMap<>())
        .computeIfAbsent(item, id -> new Volume())
        .add(volume);
  }

  /** Of the shop's week. */
  public long transactions(long week) {
    return shop.get(week).transactions;
  }

  /** When the first week starts, in milliseconds. */
  public long firstWeek() {
    return shop.firstKey();
  }

  /** When the last week starts, in milliseconds. */
  public long lastWeek() {
    return shop.lastKey();
  }

  /** Those of the four analyses, ordered by week and item; without a purchase there are none. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    shop.forEach((week, volume) -> rows.add(Row.weeklyVolume(week, volume)));
    items.forEach(
        (week, volumes) ->
            volumes.forEach((item, volume) -> rows.add(Row.productVolume(week, item, volume))));
    if (!shop.isEmpty()) {
      for (long week = shop.firstKey(); week <= shop.lastKey(); week += Week.MILLIS) {
        addChanges(rows, week - Week.MILLIS, week);
      }
    }
    return rows;
  }

  private void addChanges(List<Row> rows, long previous, long current) {
    Volume none = new Volume();
    Halves halves = Halves.of(previous, shop.getOrDefault(previous, none).transactions);
    halves.add(current, shop.getOrDefault(current, none).transactions);
    rows.add(Row.volumeChange(previous, halves));
    Map<Long, Volume> before = items.getOrDefault(previous, Map.of());
    Map<Long, Volume> now = items.getOrDefault(current, Map.of());
    Set<Long> either = new TreeSet<>(before.keySet());
    either.addAll(now.keySet());
    for (long item : either) {
      Halves units = Halves.of(previous, before.getOrDefault(item, none).units);
      units.add(current, now.getOrDefault(item, none).units);
      rows.add(Row.productVolumeChange(previous, item, units));
    }
  }
}
