package fortnight.testdata.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The bytes of one record. Reused, because an array per record would be most of the garbage. */
public final class RecordBuffer {
  /** Digits of a long, and its sign. */
  private static final int MAX_NUMBER_LENGTH = 20;

  private byte[] bytes = new byte[1024];
  private int length;

  /** Removes the record. */
  public RecordBuffer clear() {
    length = 0;
    return this;
  }

  /** The array whose first {@link #length} bytes are the record, until the next change. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The record as text. */
  public String text() {
    return new String(bytes, 0, length, UTF_8);
  }

  void put(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  void put(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  void put(String text) {
    put(text.getBytes(UTF_8));
  }

  /** Appends a number that is not negative, padded with zeros to {@code minDigits}. */
  void put(long number, int minDigits) {
    ensure(Math.max(MAX_NUMBER_LENGTH, minDigits));
    int digits = 0;
    for (long rest = number; rest > 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, minDigits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (length + more));
    }
  }
}
