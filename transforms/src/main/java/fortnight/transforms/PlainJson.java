package fortnight.transforms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Goes through JSON that is plain: ASCII without escapes, integers of few digits.
 *
 * <p>Where it meets anything else than it is asked for, it breaks. It then stands at the end and
 * takes nothing more, so every loop over it ends, and one question at last, {@link #isRead}, tells
 * whether all that was read is right.
 */
final class PlainJson {
  /** Of so few digits every number fits a long. */
  private static final int MOST_DIGITS = 18;

  /** Stands for the end; no plain JSON holds it. */
  private static final byte NOTHING = 0;

  private final byte[] array;
  private final int end;
  private int at;
  private boolean broken;

  /** Of the string or integer that was read last, without quotes. */
  private int valueFrom;

  private int valueTo;

  PlainJson(byte[] array, int from, int length) {
    this.array = array;
    this.at = from;
    this.end = from + length;
  }

  /** Whether the end was reached without breaking. */
  boolean isRead() {
    return afterSpace() == end && !broken;
  }

  void breakOff() {
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
  boolean take(FieldName name) {
    int next = afterSpace();
    if (!name.begins(array, next, end)) {
      return false;
    }
    at = next + name.length();
    expect(':');
    return true;
  }

  void expect(FieldName name) {
    if (!take(name)) {
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
    return taken;
  }

  Id id() {
    boolean string = byteAt(afterSpace()) == '"';
    if (string) {
      string();
    } else {
      integer();
    }
    // What is ASCII is Latin-1, too, of which a String is made fastest.
    String text = new String(array, valueFrom, valueTo - valueFrom, ISO_8859_1);
    return new Id(text, !string);
  }

  /** In milliseconds. */
  long eventTime() {
    string();
    long eventTime = PlainTimestamp.parse(array, valueFrom, valueTo);
    if (eventTime == PlainTimestamp.NOT_PLAIN) {
      breakOff();
    }
    return eventTime;
  }

  /** None with leading zeros, which is not JSON; nor −0, which is rare enough to be left. */
  long integer() {
    int from = afterSpace();
    boolean negative = byteAt(from) == '-';
    int first = negative ? from + 1 : from;
    int next = first;
    long value = 0;
    while (Ascii.isDigit(byteAt(next))) {
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
    expect('"');
    int next = at;
    while (Ascii.isPlain(byteAt(next))) {
      next++;
    }
    valueFrom = at;
    valueTo = next;
    at = next + 1;
    if (byteAt(next) != '"') {
      breakOff();
    }
  }

  private byte byteAt(int index) {
    return index < end ? array[index] : NOTHING;
  }

  private int afterSpace() {
    int next = at;
    while (Ascii.isSpace(byteAt(next))) {
      next++;
    }
    return next;
  }
}
