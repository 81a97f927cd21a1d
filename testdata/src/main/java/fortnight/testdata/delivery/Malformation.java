package fortnight.testdata.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way in which a record is broken.
 *
 * @param reason the reason for which the pipeline must reject it
 */
public record Malformation(String reason, UnaryOperator<String> change) {
  private static final int TOO_LARGE = (1 << 20) + 1;

  private static final List<Malformation> SMALL =
      List.of(
          new Malformation("MALFORMED_JSON", json -> json.substring(0, json.length() / 2)),
          new Malformation("MISSING_FIELD", json -> without("timestamp", json)),
          new Malformation("BAD_ID", json -> with("transaction_id", "17.5", json)),
          new Malformation("BAD_QUANTITY", json -> with("quantity", "1.5", json)),
          new Malformation("BAD_TIMESTAMP", json -> with("timestamp", "\"yesterday\"", json)),
          new Malformation(
              "TIMESTAMP_OUT_OF_RANGE",
              json -> with("timestamp", "\"1970-01-01T00:00:00.000000\"", json)),
          new Malformation("MALFORMED_JSON", json -> "504 Gateway Time-out"),
          new Malformation("MISSING_FIELD", json -> without("item_id", json)),
          new Malformation("BAD_ID", json -> with("item_id", "null", json)),
          new Malformation("BAD_QUANTITY", json -> with("quantity", "\"two\"", json)),
          new Malformation(
              "BAD_TIMESTAMP", json -> with("timestamp", "\"2022-02-30T12:00:00\"", json)),
          new Malformation("MALFORMED_JSON", json -> json + json));

  private static final Malformation LARGE =
      new Malformation(
          "TOO_LARGE",
          json -> "{\"note\": \"" + "x".repeat(TOO_LARGE) + "\", " + json.substring(1));

  /** The {@code n}th malformation, from 0: all in turn, but only one in a hundred is too large. */
  static Malformation number(long n) {
    return n % 100 == 6 ? LARGE : SMALL.get((int) (n % SMALL.size()));
  }

  byte[] apply(byte[] record) {
    return change.apply(new String(record, UTF_8)).getBytes(UTF_8);
  }

  private static String with(String field, String value, String json) {
    return json.replaceFirst("(\"" + field + "\": )[^,}]*", "$1" + value);
  }

  private static String without(String field, String json) {
    return json.replaceFirst("\"" + field + "\": [^,}]*, ", "");
  }
}
