package fortnight.testdata;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/** What the shop sells from Monday to Sunday; written when the next week begins. */
final class WeekOfTruth {
  private static final long A_WEEK = 7 * Micros.A_DAY;
  private static final long FIRST_MONDAY = 4 * Micros.A_DAY;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  private final JsonGenerator rows;
  private final long[] lineItemsOf;
  private final long[] unitsOf;
  private long start = Long.MIN_VALUE;
  private long transactions;
  private long first;
  private long last;

  WeekOfTruth(int products, JsonGenerator rows) {
    this.rows = rows;
    this.lineItemsOf = new long[products + 1];
    this.unitsOf = new long[products + 1];
  }

  void add(Purchase purchase) throws IOException {
    long monday = purchase.micros - Math.floorMod(purchase.micros - FIRST_MONDAY, A_WEEK);
    if (monday != start) {
      end();
      start = monday;
      first = purchase.micros;
    }
    last = purchase.micros;
    transactions++;
    for (int line = 0; line < purchase.lineItems(); line++) {
      lineItemsOf[purchase.item(line)]++;
      unitsOf[purchase.item(line)] += purchase.quantity(line);
    }
  }

  /** Writes the week, if it has any transactions, and begins anew. */
  void end() throws IOException {
    if (transactions == 0) {
      return;
    }
    startRow("weekly-volume");
    rows.writeNumberField("transactions", transactions);
    rows.writeNumberField("line_items", Arrays.stream(lineItemsOf).sum());
    rows.writeNumberField("units", Arrays.stream(unitsOf).sum());
    rows.writeStringField("first_transaction", format(first));
    rows.writeStringField("last_transaction", format(last));
    rows.writeEndObject();
    for (int item = 1; item < lineItemsOf.length; item++) {
      if (lineItemsOf[item] > 0) {
        startRow("product-volume");
        rows.writeNumberField("item_id", item);
        rows.writeNumberField("line_items", lineItemsOf[item]);
        rows.writeNumberField("units", unitsOf[item]);
        rows.writeEndObject();
      }
    }
    transactions = 0;
    Arrays.fill(lineItemsOf, 0);
    Arrays.fill(unitsOf, 0);
  }

  private void startRow(String analysis) throws IOException {
    rows.writeStartObject();
    rows.writeStringField("analysis", analysis);
    rows.writeStringField("window_start", format(start));
    rows.writeStringField("window_end", format(start + A_WEEK));
  }

  private static String format(long micros) {
    LocalDateTime time = Micros.toLocal(micros).truncatedTo(ChronoUnit.MILLIS);
    return (time.get(ChronoField.MILLI_OF_SECOND) == 0 ? SECONDS : MILLIS).format(time);
  }
}
