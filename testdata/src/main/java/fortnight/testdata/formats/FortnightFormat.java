package fortnight.testdata.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import java.time.LocalDate;
import java.util.Map;

/**
 * The fields and spaces of the talk's format, with the store, prices and categories on request.
 * Times have no zone, and microseconds.
 */
final class FortnightFormat implements RecordShape {
  private static final byte[] TRANSACTION = bytes("{\"transaction_id\": ");
  private static final byte[] CUSTOMER = bytes(", \"customer_id\": ");
  private static final byte[] STORE = bytes(", \"store_id\": ");
  private static final byte[] TIMESTAMP = bytes(", \"timestamp\": \"");
  private static final byte[] LINE_ITEMS = bytes("\", \"line_items\": [");
  private static final byte[] ITEM = bytes("{\"item_id\": ");
  private static final byte[] QUANTITY = bytes(", \"quantity\": ");
  private static final byte[] UNIT_PRICE = bytes(", \"unit_price\": ");
  private static final byte[] CATEGORY = bytes(", \"category\": \"");
  private static final byte[] END_OF_ITEM = bytes("}");
  private static final byte[] BETWEEN_ITEMS = bytes(", ");
  private static final byte[] END = bytes("]}");

  private final boolean withPrices;

  /** The day of the last record; most records have the day of the one before. */
  private Day lastDay = Day.of(0);

  /**
   * A format.
   *
   * @param withPrices whether records have the store, and the price and category of line items
   */
  FortnightFormat(boolean withPrices) {
    this.withPrices = withPrices;
  }

  @Override
  public String name() {
    return "fortnight";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(
        Field.ID, "/transaction_id",
        Field.TIME, "/timestamp",
        Field.ITEM, "/line_items/0/item_id",
        Field.QUANTITY, "/line_items/0/quantity");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    Purchase purchase = transaction.purchase();
    record.put(TRANSACTION);
    record.put(transaction.id(), 1);
    record.put(CUSTOMER);
    record.put(purchase.customer(), 1);
    if (withPrices) {
      record.put(STORE);
      record.put(purchase.store(), 1);
    }
    record.put(TIMESTAMP);
    putTimestamp(purchase.micros(), record);
    record.put(LINE_ITEMS);
    for (int line = 0; line < purchase.lineItems(); line++) {
      if (line > 0) {
        record.put(BETWEEN_ITEMS);
      }
      record.put(ITEM);
      record.put(purchase.item(line), 1);
      record.put(QUANTITY);
      record.put(purchase.quantity(line), 1);
      if (withPrices) {
        putPrice(transaction, line, record);
      }
      record.put(END_OF_ITEM);
    }
    record.put(END);
  }

  private static void putPrice(Transaction transaction, int line, RecordBuffer record) {
    long cents = transaction.unitCents(line);
    record.put(UNIT_PRICE);
    record.put(cents / 100, 1);
    record.put('.');
    record.put(cents % 100, 2);
    record.put(CATEGORY);
    record.put(transaction.category(line));
    record.put('"');
  }

  private void putTimestamp(long micros, RecordBuffer record) {
    Day day = lastDay;
    if (Math.floorDiv(micros, Micros.PER_DAY) != day.number) {
      day = Day.of(Math.floorDiv(micros, Micros.PER_DAY));
      lastDay = day;
    }
    long ofDay = Math.floorMod(micros, Micros.PER_DAY);
    long second = ofDay / Micros.PER_SECOND;
    record.put(day.text);
    record.put(second / 3600, 2);
    record.put(':');
    record.put(second / 60 % 60, 2);
    record.put(':');
    record.put(second % 60, 2);
    record.put('.');
    record.put(ofDay % Micros.PER_SECOND, 6);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  /** A day since 1970 and its text, with the T that follows it. */
  private static final class Day {
    private final long number;
    private final byte[] text;

    private Day(long number, byte[] text) {
      this.number = number;
      this.text = text;
    }

    static Day of(long number) {
      return new Day(number, bytes(LocalDate.ofEpochDay(number) + "T"));
    }
  }
}
