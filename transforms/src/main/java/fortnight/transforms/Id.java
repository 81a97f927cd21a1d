package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An identifier: a JSON string, or a JSON integer of any length; for the values of dimensions also
 * {@link #NULL}.
 *
 * <p>{@code 7} and {@code "7"} are different ids. Null is ordered before integers, and these before
 * strings; integers by value, strings by code point.
 */
public final class Id implements Comparable<Id>, Serializable {
  private static final long serialVersionUID = 1;

  /** Maximum number of digits that always fit a long. */
  private static final int MAX_LONG_DIGITS = 18;

  /** The smallest positive value with more than {@link #MAX_LONG_DIGITS} digits. */
  private static final long MIN_LONGER_VALUE = 1_000_000_000_000_000_000L;

  /** The value of a dimension that a record does not have: a JSON null. */
  public static final Id NULL = new Id(Long.MIN_VALUE, null);

  private static final long STRING = 0;
  private static final long LONG_INTEGER = 1;

  /**
   * The value of an integer whose text is null; otherwise {@link #STRING} or {@link #LONG_INTEGER}.
   */
  private final long value;

  /**
   * The text as written; null for an integer that {@link Long#toString} restores from the value,
   * and for {@link #NULL}.
   */
  private final @Nullable String text;

  private Id(long value, @Nullable String text) {
    this.value = value;
    this.text = text;
  }

  /** Returns the id written as this JSON integer. */
  public static Id ofInteger(long value) {
    return value > -MIN_LONGER_VALUE && value < MIN_LONGER_VALUE
        ? new Id(value, null)
        : new Id(LONG_INTEGER, Long.toString(value));
  }

  /**
   * Returns the id written as these digits, which are kept unchanged.
   *
   * @param digits a JSON integer: an optional minus sign and digits without leading zeros
   * @throws NumberFormatException if a text of at most 18 digits is not an integer; longer texts
   *     are not checked
   */
  public static Id ofInteger(String digits) {
    if (digits.length() <= MAX_LONG_DIGITS + (digits.startsWith("-") ? 1 : 0)) {
      long value = Long.parseLong(digits);
      if (Long.toString(value).equals(digits)) {
        return new Id(value, null);
      }
    }
    return new Id(LONG_INTEGER, digits);
  }

  /** Returns the id written as this JSON string. */
  public static Id ofString(String text) {
    return new Id(STRING, text);
  }

  /** Returns the characters of the string, the digits of the integer as written, or "null". */
  public String text() {
    if (text != null) {
      return text;
    }
    return isNull() ? "null" : Long.toString(value);
  }

  public boolean isNull() {
    return text == null && value == NULL.value;
  }

  /** Returns whether the id is a JSON integer. */
  public boolean integer() {
    return text == null ? !isNull() : value == LONG_INTEGER;
  }

  public static Coder<Id> coder() {
    return IdCoder.INSTANCE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Id id && value == id.value && Objects.equals(text, id.text);
  }

  @Override
  public int hashCode() {
    return text == null ? Long.hashCode(value) : text.hashCode();
  }

  @Override
  public int compareTo(Id other) {
    if (isNull() || other.isNull()) {
      return Boolean.compare(other.isNull(), isNull());
    }
    if (integer() != other.integer()) {
      return integer() ? -1 : 1;
    }
    if (text == null && other.text == null) {
      return Long.compare(value, other.value);
    }
    return integer()
        ? compareIntegers(text(), other.text())
        : compareCodePoints(text(), other.text());
  }

  private static int compareIntegers(String a, String b) {
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    // Without leading zeros, the longer of two integers of equal sign has the larger magnitude.
    int byLength = Integer.compare(a.length(), b.length());
    int order = byLength != 0 ? byLength : a.compareTo(b);
    return negative ? -order : order;
  }

  /** Differs from UTF-16 order only for a surrogate and a character from U+E000 to U+FFFF. */
  private static int compareCodePoints(String a, String b) {
    int minLength = Math.min(a.length(), b.length());
    for (int i = 0; i < minLength; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean oneIsSurrogate = Character.isSurrogate(x) != Character.isSurrogate(y);
        return oneIsSurrogate ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Returns the id as written in JSON, without quotes. */
  @Override
  public String toString() {
    return text();
  }

  private static final class IdCoder extends AtomicCoder<Id> {
    private static final long serialVersionUID = 1;

    static final IdCoder INSTANCE = new IdCoder();

    private static final int STRING = 's';
    private static final int INTEGER = 'i';
    private static final int NULL_TAG = 'n';
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(Id id, OutputStream out) throws IOException {
      if (id.isNull()) {
        out.write(NULL_TAG);
        return;
      }
      out.write(id.integer() ? INTEGER : STRING);
      TEXT.encode(id.text(), out);
    }

    @Override
    public Id decode(InputStream in) throws IOException {
      int form = in.read();
      if (form == NULL_TAG) {
        return NULL;
      }
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
