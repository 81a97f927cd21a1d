package fortnight.benchmarks.peers;

import java.io.Serializable;

/**
 * A row of a result.
 *
 * @param analysis the name of its file, and of its topic behind the prefix
 * @param key the window's start and, where it is about one, the item
 * @param json the row itself
 */
public record Row(String analysis, String key, String json) implements Serializable {
  public static final String WEEKLY_VOLUME = "weekly-volume";
  public static final String VOLUME_CHANGE = "volume-change";
  public static final String PRODUCT_VOLUME = "product-volume";
  public static final String PRODUCT_VOLUME_CHANGE = "product-volume-change";

  /** Of a week by its start, in milliseconds. */
  public static Row weeklyVolume(long start, Volume volume) {
    return new Row(
        WEEKLY_VOLUME,
        Week.text(start),
        "{%s,\"transactions\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(week(start), volume.transactions, volume.lineItems, volume.units));
  }

  /** Of a week by its start, in milliseconds. */
  public static Row productVolume(long start, long item, Volume volume) {
    return new Row(
        PRODUCT_VOLUME,
        Week.text(start) + "/" + item,
        "{%s,\"item_id\":%d,\"line_items\":%d,\"units\":%d}"
            .formatted(week(start), item, volume.lineItems, volume.units));
  }

  /** Of a window of two weeks by its start, in milliseconds. */
  public static Row volumeChange(long start, Halves halves) {
    return new Row(
        VOLUME_CHANGE, Week.text(start), "{%s,%s}".formatted(weeks(start), change(start, halves)));
  }

  /** Of a window of two weeks by its start, in milliseconds. */
  public static Row productVolumeChange(long start, long item, Halves halves) {
    return new Row(
        PRODUCT_VOLUME_CHANGE,
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
}
