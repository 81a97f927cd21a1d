package fortnight.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Volumes by week, for the shop and for each item, and their rows. */
public final class WeeklySums {
  private final TreeMap<Long, Volume> shop = new TreeMap<>();
  private final TreeMap<Long, Map<Long, Volume>> items = new TreeMap<>();

  /** Adds to a week of the shop. */
  public void add(long week, Volume volume) {
    shop.computeIfAbsent(week, start -> new Volume()).add(volume);
  }

  /** Adds to a week of an item. */
  public void add(long week, long item, Volume volume) {
    items
        .computeIfAbsent(week, start -> new TreeMap<>())
        .computeIfAbsent(item, id -> new Volume())
        .add(volume);
  }

  /** The shop's transactions in all weeks. */
  public long transactions() {
    return shop.values().stream().mapToLong(volume -> volume.transactions).sum();
  }

  /** The shop's transactions in a week. */
  public long transactions(long week) {
    return shop.get(week).transactions;
  }

  /** The start of the first week, in milliseconds. */
  public long firstWeek() {
    return shop.firstKey();
  }

  /** The start of the last week, in milliseconds. */
  public long lastWeek() {
    return shop.lastKey();
  }

  /** The rows of the four analyses, by week and item; empty if there are no purchases. */
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
