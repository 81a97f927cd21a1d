package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.transforms.Id;
import fortnight.transforms.parse.ByteScanner.Literal;

/**
 * A cursor over a subset of JSON: ASCII without escapes, and integers of at most 18 digits.
 *
 * <p>On unexpected input the cursor fails: it moves to the end and accepts nothing more, so every
 * loop over it ends. {@link #isComplete} then returns false.
 */
final class JsonCursor {
  /** Maximum number of digits that always fit a long. */
  private static final int MAX_DIGITS = 18;

  /** Maximum absolute quantity accepted here; larger ones are left to {@link JacksonParser}. */
  private static final long MAX_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  /** The byte returned after the end; JSON does not contain it. */
  private static final byte END_OF_INPUT = 0;

  private final byte[] array;
  private final int end;
  private int at;
  private boolean failed;

  private int valueFrom;
  private int valueTo;

  JsonCursor(byte[] array, int from, int length) {
    this.array = array;
    this.at = from;
    this.end = from + length;
  }

  /** Returns whether the whole input was read without failure. */
  boolean isComplete() {
    return indexAfterSpace() == end && !failed;
  }

  /** Returns the start of the last value, including its opening quote. */
  int valueFrom() {
    return valueFrom;
  }

  /** Returns the end (exclusive) of the last value, including its closing quote. */
  int valueTo() {
    return valueTo;
  }

  private void fail() {
    failed = true;
    at = end;
  }

  /** Skips white space, and consumes a structural character if it is next. */
  boolean take(char expected) {
    int next = indexAfterSpace();
    boolean taken = byteAt(next) == expected;
    at = taken ? next + 1 : next;
    return taken;
  }

  void expect(char expected) {
    if (!take(expected)) {
      fail();
    }
  }

  /** Skips white space, and consumes the name of a field and its colon if they are next. */
  boolean take(Field field) {
    at = indexAfterSpace();
    if (!takeHere(field.quoted())) {
      return false;
    }
    expect(':');
    return true;
  }

  void expect(Field field) {
    if (!take(field)) {
      fail();
    }
  }

  /** Consumes a literal if it is next; white space is not skipped. */
  boolean takeHere(Literal literal) {
    if (!literal.isAt(array, at, end)) {
      return false;
    }
    at += literal.length();
    return true;
  }

  void expectHere(Literal literal) {
    if (!takeHere(literal)) {
      fail();
    }
  }

  boolean takeNull() {
    int next = indexAfterSpace();
    boolean taken =
        byteAt(next) == 'n'
            && byteAt(next + 1) == 'u'
            && byteAt(next + 2) == 'l'
            && byteAt(next + 3) == 'l';
    at = taken ? next + 4 : next;
    valueFrom = next;
    valueTo = at;
    return taken;
  }

  Id id() {
    if (byteAt(indexAfterSpace()) != '"') {
      return Id.ofInteger(integer());
    }
    string();
    // ASCII is a subset of Latin-1, which is the fastest to decode.
    return Id.ofString(new String(array, valueFrom + 1, valueTo - valueFrom - 2, ISO_8859_1));
  }

  long quantity() {
    long quantity = integer();
    if (Math.abs(quantity) > MAX_PLAIN_QUANTITY) {
      fail();
    }
    return quantity;
  }

  /** Returns milliseconds. */
  long eventTime() {
    string();
    long eventTime = FastTimestamp.parse(array, valueFrom + 1, valueTo - 1);
    if (eventTime == FastTimestamp.NOT_PLAIN) {
      fail();
    }
    return eventTime;
  }

  /**
   * Fails on leading zeros, which are invalid, and on −0, which is left to {@link JacksonParser}.
   */
  private long integer() {
    int from = indexAfterSpace();
    boolean negative = byteAt(from) == '-';
    int first = negative ? from + 1 : from;
    int next = first;
    long value = 0;
    while (ByteScanner.isDigit(byteAt(next))) {
      value = 10 * value + (array[next] - '0');
      next++;
    }
    valueFrom = from;
    valueTo = next;
    at = next;
    int digits = next - first;
    boolean hasLeadingZero = byteAt(first) == '0' && (negative || digits > 1);
    if (digits == 0 || digits > MAX_DIGITS || hasLeadingZero) {
      fail();
    }
    return negative ? -value : value;
  }

  private void string() {
    int from = indexAfterSpace();
    expect('"');
    int next = ByteScanner.endOfPlain(array, at, end);
    valueFrom = from;
    valueTo = next + 1;
    at = valueTo;
    if (byteAt(next) != '"') {
      fail();
    }
  }

  private byte byteAt(int index) {
    return index < end ? array[index] : END_OF_INPUT;
  }

  private int indexAfterSpace() {
    int next = at;
    while (ByteScanner.isSpace(byteAt(next))) {
      next++;
    }
    return next;
  }
}
