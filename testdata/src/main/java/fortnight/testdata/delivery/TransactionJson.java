package fortnight.testdata.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Formats transactions as JSON, with the fields and spaces of the talk's format. Reuses one buffer,
 * because a string per record would be most of a run's garbage.
 */
final class TransactionJson {
  private static final byte[] TRANSACTION = bytes("{\"transaction_id\": ");
  private static final byte[] CUSTOMER = bytes(", \"customer_id\": ");
  private static final byte[] TIMESTAMP = bytes(", \"timestamp\": \"");
  private static final byte[] LINE_ITEMS = bytes("\", \"line_items\": [");
  private static final byte[] ITEM = bytes("{\"item_id\": ");
  private static final byte[] QUANTITY = bytes(", \"quantity\": ");
  private static final byte[] END_OF_ITEM = bytes("}");
  private static final byte[] BETWEEN_ITEMS = bytes(", ");
  private static final byte[] END = bytes("]}");

  /** Digits of a long, and the character after it. */
  private static final int MAX_NUMBER_LENGTH = 20;

  private byte[] buffer = new byte[1024];
  private int length;
  private long day = Long.MIN_VALUE;
  private byte[] date;

  /** Replaces the content of the buffer by this record. */
  void format(long id, Purchase purchase) {
    length = 0;
    put(TRANSACTION);
    put(id, 1);
    put(CUSTOMER);
    put(purchase.customer(), 1);
    put(TIMESTAMP);
    putTimestamp(purchase.micros());
    put(LINE_ITEMS);
    for (int line = 0; line < purchase.lineItems(); line++) {
      if (line > 0) {
        put(BETWEEN_ITEMS);
      }
      put(ITEM);
      put(purchase.item(line), 1);
      put(QUANTITY);
      put(purchase.quantity(line), 1);
      put(END_OF_ITEM);
    }
    put(END);
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(buffer, length);
  }

  private void putTimestamp(long micros) {
    if (Math.floorDiv(micros, Micros.PER_DAY) != day) {
      day = Math.floorDiv(micros, Micros.PER_DAY);
      date = bytes(LocalDate.ofEpochDay(day) + "T");
    }
    long ofDay = Math.floorMod(micros, Micros.PER_DAY);
    long second = ofDay / Micros.PER_SECOND;
    put(date);
    put(second / 3600, 2);
    buffer[length++] = ':';
    put(second / 60 % 60, 2);
    buffer[length++] = ':';
    put(second % 60, 2);
    buffer[length++] = '.';
    put(ofDay % Micros.PER_SECOND, 6);
  }

  private void put(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  /** Appends a number that is not negative, padded with zeros to {@code minDigits}. */
  private void put(long number, int minDigits) {
    ensure(MAX_NUMBER_LENGTH);
    int digits = 0;
    for (long rest = number; rest > 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, minDigits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * (length + more));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
