package fortnight.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Result rows and dead letters as JSON lines. */
public final class RowLines {
  private RowLines() {}

  /**
   * A row of weekly-volume; its version is the number of its transactions.
   *
   * @param monday the first day of the week, in January 2022
   */
  public static String week(int monday, int transactions, String pane) {
    return """
        {"window_start":"2022-01-%02dT00:00:00","window_end":"2022-01-%02dT00:00:00",\
        "transactions":%d,"line_items":9,"units":9,"first_transaction":"2022-01-%02dT00:01:00",\
        "last_transaction":"2022-01-%02dT23:59:00","pane":"%s","version":%d}"""
        .formatted(monday, monday + 7, transactions, monday, monday + 6, pane, transactions);
  }

  /**
   * A row of product-volume-change; its version is the number of line items of one unit each.
   *
   * @param monday the first day of the current week, in January 2022
   * @param item its id as JSON
   */
  public static String change(int monday, String item, int previous, int current, String pane) {
    return """
        {"previous_start":"2022-01-%02dT00:00:00","current_start":"2022-01-%02dT00:00:00",\
        "current_end":"2022-01-%02dT00:00:00","item_id":%s,"previous":%d,"current":%d,\
        "change":%d,"ratio":%s,"pane":"%s","version":%d}"""
        .formatted(
            monday - 7,
            monday,
            monday + 7,
            item,
            previous,
            current,
            current - previous,
            previous > 0 ? (double) current / previous : null,
            pane,
            previous + current);
  }

  /** A row of the fields, which are names and values in turn. */
  public static String row(Object... fields) {
    StringBuilder json = new StringBuilder("{");
    for (int at = 0; at < fields.length; at += 2) {
      Object value = fields[at + 1];
      json.append('"').append(fields[at]).append("\":");
      json.append(value instanceof String ? "\"" + value + '"' : value).append(',');
    }
    return json.append("\"pane\":\"ON_TIME\",\"version\":1}").toString();
  }

  /** A comparison of two numbers; the starts and the end are dates. */
  public static String comparison(
      String previousStart,
      String start,
      String end,
      String previous,
      String current,
      Object... more) {
    BigDecimal before = new BigDecimal(previous);
    BigDecimal now = new BigDecimal(current);
    List<Object> fields =
        new ArrayList<>(
            List.of(
                "previous_start",
                previousStart + "T00:00:00",
                "current_start",
                start + "T00:00:00",
                "current_end",
                end + "T00:00:00"));
    fields.addAll(Arrays.asList(more));
    fields.addAll(List.of("previous", before, "current", now, "change", now.subtract(before)));
    fields.add("ratio");
    fields.add(
        before.signum() > 0
            ? now.unscaledValue().doubleValue() / before.unscaledValue().doubleValue()
            : null);
    return row(fields.toArray());
  }

  public static String letter(String reason, String message, String source, String payload) {
    return """
        {"reason":"%s","message":"%s","source":"%s","payload":"%s"}"""
        .formatted(reason, message, source, payload);
  }
}
