package fortnight.transforms;

import java.util.Arrays;

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

  private int valueFrom;
  private int valueTo;

  PlainJson(byte[] array, int from, int length) {
    this.array = array;
    this.at = from;
    this.end = from + length;
  }

  /** Whether the end was reached without breaking. */
  boolean isRead() {
    skipSpace();
    return at == end && !broken;
  }

  void breakOff() {
    broken = true;
    at = end;
  }

  /** Goes past a bracket, brace, comma, or colon, if it comes next. */
  boolean take(char expected) {
    skipSpace();
    if (here() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char expected) {
    if (!take(expected)) {
      breakOff();
    }
  }

  /** Goes past a word, if it comes next; a string is one with its quotes. */
  boolean take(byte[] word) {
    skipSpace();
    int after = at + word.length;
    if (after > end || !Arrays.equals(array, at, after, word, 0, word.length)) {
      return false;
    }
    at = after;
    return true;
  }

  /** Goes past a string or an integer, whose bytes are {@link #array} of [valueFrom, valueTo). */
  boolean isStringElseInteger() {
    skipSpace();
    boolean string = here() == '"';
    if (string) {
      string();
    } else {
      integer();
    }
    return string;
  }

  void string() {
    expect('"');
    valueFrom = at;
    while (isPlain(here())) {
      at++;
    }
    valueTo = at;
    if (here() == '"') {
      at++;
    } else {
      breakOff();
    }
  }

  /** Not those that only look like one: no leading zeros, and no −0, of which ids keep the sign. */
  long integer() {
    skipSpace();
    valueFrom = at;
    boolean negative = here() == '-';
    if (negative) {
      at++;
    }
    int first = at;
    long value = 0;
    while (isDigit(here())) {
      value = 10 * value + (array[at] - '0');
      at++;
    }
    valueTo = at;
    int digits = at - first;
    boolean zeroLeads = digits > 0 && array[first] == '0' && (negative || digits > 1);
    if (digits == 0 || digits > MOST_DIGITS || zeroLeads) {
      breakOff();
    }
    return negative ? -value : value;
  }

  byte[] array() {
    return array;
  }

  int valueFrom() {
    return valueFrom;
  }

  int valueTo() {
    return valueTo;
  }

  private byte here() {
    return at < end ? array[at] : NOTHING;
  }

  private void skipSpace() {
    while (isSpace(here())) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** What begins or goes on with a byte below zero is not ASCII. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}
