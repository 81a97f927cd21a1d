package fortnight.report.rows;

/**
 * The id of an item: the integer 10 and the string "10" are different ids. Integers sort before
 * strings, by value; strings sort by code point.
 */
public record ItemId(String text, boolean isInteger) implements Comparable<ItemId> {
  @Override
  public int compareTo(ItemId other) {
    if (isInteger != other.isInteger) {
      return isInteger ? -1 : 1;
    }
    return isInteger ? compareIntegers(text, other.text) : compareCodePoints(text, other.text);
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
  private static int compareCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    boolean atEnd = at == a.length() || at == b.length();
    return atEnd ? a.length() - b.length() : a.codePointAt(at) - b.codePointAt(at);
  }
}
