package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * An identifier in the form in which it came: a JSON string, or a JSON integer of any length.
 *
 * <p>{@code 7} and {@code "7"} are two ids. Ids are ordered integers first, by value, then strings,
 * by code point.
 *
 * @param text the characters of the string, or the digits of the integer as they were written
 * @param integer whether it came as a JSON integer
 */
public record Id(String text, boolean integer) implements Comparable<Id> {
  /** Every integer of so few characters, sign included, fits a long. */
  private static final int LONG_CHARACTERS = 18;

  public static Id ofInteger(long value) {
    return new Id(Long.toString(value), true);
  }

  public static Id ofString(String text) {
    return new Id(text, false);
  }

  public static Coder<Id> coder() {
    return IdCoder.INSTANCE;
  }

  @Override
  public int compareTo(Id other) {
    if (integer != other.integer) {
      return integer ? -1 : 1;
    }
    int order = integer ? compareIntegers(text, other.text) : compareCodePoints(text, other.text);
    return order != 0 ? order : text.compareTo(other.text);
  }

  private static int compareIntegers(String a, String b) {
    if (a.length() <= LONG_CHARACTERS && b.length() <= LONG_CHARACTERS) {
      return Long.compare(Long.parseLong(a), Long.parseLong(b));
    }
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    // JSON allows no leading zeros, so of two integers with one sign the longer is the larger.
    int byLength = Integer.compare(a.length(), b.length());
    if (byLength != 0) {
      return negative ? -byLength : byLength;
    }
    return negative ? b.compareTo(a) : a.compareTo(b);
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

  /** As the id stands in JSON, without quotes. */
  @Override
  public String toString() {
    return text;
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
      TEXT.encode(id.text, out);
    }

    @Override
    public Id decode(InputStream in) throws IOException {
      int form = in.read();
      if (form != STRING && form != INTEGER) {
        throw new CoderException("not an encoded id: it begins with byte " + form);
      }
      return new Id(TEXT.decode(in), form == INTEGER);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
