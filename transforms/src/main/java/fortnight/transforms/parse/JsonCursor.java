package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.transforms.Id;
import fortnight.transforms.parse.ByteScanner.Literal;

/**
 * A cursor over ordinary JSON: ASCII without escapes, integers of few digits.
 *
 * <p>Where it meets anything other than what the caller expects, it breaks: it then stands at the
 * end and accepts nothing more, so every loop over it ends. {@link #isRead} reports at the end
 * whether everything that was read is valid.
 */
final class JsonCursor {
  /** Of so few digits every number fits a long. */
  private static final int MOST_DIGITS = 18;

  /** None so near zero is rejected; what is beyond it is for others to judge. */
  private static final long LARGEST_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  /** Represents the end; ordinary JSON does not contain it. */
  private static final byte NOTHING = 0;

  private final byte[] array;
  private final int end;
  private int at;
  private boolean broken;

  private int valueFrom;
  private int valueTo;

  JsonCursor(byte[] array, int from, int length) {
    this.array = array;
    this.at = from;
    this.end = from + length;
  }

  /** Whether the end was reached without breaking. */
  boolean isRead() {
    return afterSpace() == end && !broken;
  }

  /** Where the string, integer or null that was read last begins, with its quote. */
  int valueFrom() {
    return valueFrom;
  }

  /** Where it ends. */
  int valueTo() {
    return valueTo;
  }

  private void breakOff() {
    broken = true;
    at = end;
  }

  /** Goes past a bracket, brace, comma, or colon, if it comes next. */
  boolean take(char expected) {
    int next = afterSpace();
    boolean taken = byteAt(next) == expected;
    at = taken ? next + 1 : next;
    return taken;
  }

  void expect(char expected) {
    if (!take(expected)) {
      breakOff();
    }
  }

  /** Goes past the name of a field and its colon, if it comes next. */
  boolean take(Field field) {
    at = afterSpace();
    if (!takeHere(field.quoted())) {
      return false;
    }
    expect(':');
    return true;
  }

  void expect(Field field) {
    if (!take(field)) {
      breakOff();
    }
  }

  /** Goes past these bytes, if they are the next, white space and all. */
  boolean takeHere(Literal literal) {
    if (!literal.begins(array, at, end)) {
      return false;
    }
    at += literal.length();
    return true;
  }

  void expectHere(Literal literal) {
    if (!takeHere(literal)) {
      breakOff();
    }
  }

  boolean takeNull() {
    int next = afterSpace();
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
    if (byteAt(afterSpace()) != '"') {
      return Id.ofInteger(integer());
    }
    string();
    // What is ASCII is Latin-1, too, of which a String is made fastest.
    return Id.ofString(new String(array, valueFrom + 1, valueTo - valueFrom - 2, ISO_8859_1));
  }

  long quantity() {
    long quantity = integer();
    if (Math.abs(quantity) > LARGEST_PLAIN_QUANTITY) {
      breakOff();
    }
    return quantity;
  }

  /** In milliseconds. */
  long eventTime() {
    string();
    long eventTime = FastTimestamp.parse(array, valueFrom + 1, valueTo - 1);
    if (eventTime == FastTimestamp.NOT_PLAIN) {
      breakOff();
    }
    return eventTime;
  }

  /** None with leading zeros, which is not JSON; nor −0, which is rare enough to be left. */
  private long integer() {
    int from = afterSpace();
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
    boolean zeroLeads = byteAt(first) == '0' && (negative || digits > 1);
    if (digits == 0 || digits > MOST_DIGITS || zeroLeads) {
      breakOff();
    }
    return negative ? -value : value;
  }

  private void string() {
    int from = afterSpace();
    expect('"');
    int next = ByteScanner.endOfPlain(array, at, end);
    valueFrom = from;
    valueTo = next + 1;
    at = valueTo;
    if (byteAt(next) != '"') {
      breakOff();
    }
  }

  private byte byteAt(int index) {
    return index < end ? array[index] : NOTHING;
  }

  private int afterSpace() {
    int next = at;
    while (ByteScanner.isSpace(byteAt(next))) {
      next++;
    }
    return next;
  }
}
