package fortnight.benchmarks.peers;

import fortnight.common.Analysis;
import java.io.Serializable;

/**
 * A row of a result.
 *
 * @param analysis the name of its file, and of its topic behind the prefix
 * @param key the window's start and, for rows of items, the item
 * @param json the row itself
 */
public record Row(String analysis, String key, String json) implements Serializable {
  /** A row of the week with this start, in milliseconds. */
  public static Row weeklyVolume(long start, Volume volume) {
    return new Row(
        Analysis.WEEKLY_VOLUME.title(),
        Week.text(start),
        "{%s,\"transactions\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(week(start), volume.transactions, volume.lineItems, volume.units));
  }

  /** A row of the week with this start, in milliseconds. */
  public static Row productVolume(long start, long item, Volume volume) {
    return new Row(
        Analysis.PRODUCT_VOLUME.title(),
        Week.text(start) + "/" + item,
        "{%s,\"item_id\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(week(start), item, volume.lineItems, volume.units));
  }

  /** A row of the two weeks with this start, in milliseconds. */
  public static Row volumeChange(long start, Halves halves) {
    return new Row(
        Analysis.VOLUME_CHANGE.title(),
        Week.text(start),
        "{%s,%s}".formatted(weeks(start), change(start, halves)));
  }

  /** A row of the two weeks with this start, in milliseconds. */
  public static Row productVolumeChange(long start, long item, Halves halves) {
    return new Row(
        Analysis.PRODUCT_VOLUME_CHANGE.title(),
        Week.text(start) + "/" + item,
        "{%s,\"item_id\":%d,%s}".formatted(weeks(start), item, change(start, halves)));
  }

  private static String week(long start) {
    return "\"window_start\":\"%s\",\"window_end\":\"%s\""
        .formatted(Week.text(start), Week.text(start + Week.MILLIS));
  }

  private static String weeks(long start) {
    return "\"previous_start\":\"%s\",\"current_start\":\"%s\",\"current_end\":\"%s\""
        .formatted(
            Week.text(start), Week.text(start + Week.MILLIS), Week.text(start + 2 * Week.MILLIS));
  }

  private static String change(long start, Halves halves) {
    long previous = halves.previous(start);
    long current = halves.current(start);
    String ratio = previous > 0 ? Double.toString((double) current / previous) : "null";
    return "\"previous\":%d,\"current\":%d,\"change\":%d,\"ratio\":%s"
        .formatted(previous, current, current - previous, ratio);
  }

  /** Creates a row from a window's start, in milliseconds, and the sales of an item. */
  interface OfItem<T> extends Serializable {
    Row of(long start, long item, T sold);
  }

  /** Creates a row from a window's start, in milliseconds, and the sales of the shop. */
  interface OfShop<T> extends Serializable {
    Row of(long start, T sold);
  }
}
