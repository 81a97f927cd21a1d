package fortnight.report.rows;

/**
 * The id of an item, or the value of another dimension: the integer 10 and the string "10" are
 * different values. Null sorts before integers, these before strings; integers by value, strings by
 * code point.
 *
 * @param text the characters of a string, or the digits of an integer; empty for null
 */
public record DimensionValue(String text, Type type) implements Comparable<DimensionValue> {
  /** The value of records that do not have the dimension. */
  static final DimensionValue NULL = new DimensionValue("", Type.NULL);

  /** The type in JSON. */
  public enum Type {
    NULL,
    INTEGER,
    STRING
  }

  public boolean isNull() {
    return type == Type.NULL;
  }

  public boolean isInteger() {
    return type == Type.INTEGER;
  }

  @Override
  public int compareTo(DimensionValue other) {
    if (type != other.type) {
      return type.compareTo(other.type);
    }
    return isInteger() ? compareIntegers(text, other.text) : compareCodePoints(text, other.text);
  }

  /**
   * JSON has no leading zeros, so of two integers of the same sign the longer is the larger one.
   */
  private static int compareIntegers(String a, String b) {
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    int order = a.length() == b.length() ? a.compareTo(b) : a.length() - b.length();
    return negative ? -order : order;
  }

  /** String.compareTo compares chars, which sorts surrogate pairs too early. */
  static int compareCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    boolean atEnd = at == a.length() || at == b.length();
    return atEnd ? a.length() - b.length() : a.codePointAt(at) - b.codePointAt(at);
  }
}
