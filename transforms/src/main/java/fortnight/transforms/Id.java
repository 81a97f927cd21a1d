package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An identifier as it was read: a JSON string, or a JSON integer of any length.
 *
 * <p>{@code 7} and {@code "7"} are two ids. Ids are ordered integers first, by value, then strings,
 * by code point.
 */
public final class Id implements Comparable<Id> {
  /** Every integer of so few digits fits a long. */
  private static final int LONG_DIGITS = 18;

  private static final long MORE_DIGITS = 1_000_000_000_000_000_000L;

  private final boolean integer;

  /** Of an integer that is written as Java writes this one; of all others 0. */
  private final long value;

  /** Null if the value is enough, so that equal ids have equal fields. */
  private final @Nullable String text;

  private Id(boolean integer, long value, @Nullable String text) {
    this.integer = integer;
    this.value = value;
    this.text = text;
  }

  /** The id that came as this JSON integer. */
  public static Id ofInteger(long value) {
    return value > -MORE_DIGITS && value < MORE_DIGITS
        ? new Id(true, value, null)
        : new Id(true, 0, Long.toString(value));
  }

  /**
   * The id that came as these digits, with or without a minus; they are kept as they are.
   *
   * @param digits an integer as JSON has it, without leading zeros
   * @throws NumberFormatException if a short text is not an integer; long ones are not checked
   */
  public static Id ofInteger(String digits) {
    if (digits.length() <= LONG_DIGITS + (digits.startsWith("-") ? 1 : 0)) {
      long value = Long.parseLong(digits);
      if (Long.toString(value).equals(digits)) {
        return new Id(true, value, null);
      }
    }
    return new Id(true, 0, digits);
  }

  /** The id that came as this JSON string. */
  public static Id ofString(String text) {
    return new Id(false, 0, text);
  }

  /** The characters of the string, or the digits of the integer as they were written. */
  public String text() {
    return text == null ? Long.toString(value) : text;
  }

  /** Whether it came as a JSON integer. */
  public boolean integer() {
    return integer;
  }

  public static Coder<Id> coder() {
    return IdCoder.INSTANCE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Id id
        && integer == id.integer
        && value == id.value
        && Objects.equals(text, id.text);
  }

  @Override
  public int hashCode() {
    return text == null ? Long.hashCode(value) : text.hashCode();
  }

  @Override
  public int compareTo(Id other) {
    if (integer != other.integer) {
      return integer ? -1 : 1;
    }
    if (text == null && other.text == null) {
      return Long.compare(value, other.value);
    }
    return integer
        ? compareIntegers(text(), other.text())
        : compareCodePoints(text(), other.text());
  }

  private static int compareIntegers(String a, String b) {
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    // JSON allows no leading zeros, so of two integers with one sign the longer is the larger.
    int byLength = Integer.compare(a.length(), b.length());
    int order = byLength != 0 ? byLength : a.compareTo(b);
    return negative ? -order : order;
  }

  /** Differs from UTF-16's order where a surrogate meets a character from U+E000 to U+FFFF. */
  private static int compareCodePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean oneIsSurrogate = Character.isSurrogate(x) != Character.isSurrogate(y);
        return oneIsSurrogate ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** The id as it is written in JSON, without quotes. */
  @Override
  public String toString() {
    return text();
  }

  private static final class IdCoder extends AtomicCoder<Id> {
    private static final long serialVersionUID = 1;

    static final IdCoder INSTANCE = new IdCoder();

    private static final int STRING = 's';
    private static final int INTEGER = 'i';
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(Id id, OutputStream out) throws IOException {
      out.write(id.integer ? INTEGER : STRING);
      TEXT.encode(id.text(), out);
    }

    @Override
    public Id decode(InputStream in) throws IOException {
      int form = in.read();
      if (form != STRING && form != INTEGER) {
        throw new CoderException("not an encoded id: it begins with byte " + form);
      }
      String text = TEXT.decode(in);
      return form == INTEGER ? ofInteger(text) : ofString(text);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
