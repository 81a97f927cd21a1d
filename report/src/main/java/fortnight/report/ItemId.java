package fortnight.report;

/**
 * An item's id in the form in which it came: the integer 10 and the string "10" are two items.
 * Integers stand before strings, by value; strings by code point.
 */
record ItemId(String text, boolean integer) implements Comparable<ItemId> {
  @Override
  public int compareTo(ItemId other) {
    if (integer != other.integer) {
      return integer ? -1 : 1;
    }
    return integer ? compareIntegers(text, other.text) : compareCodePoints(text, other.text);
  }

  /** JSON allows no leading zeros, so of two integers with one sign the longer is the larger. */
  private static int compareIntegers(String a, String b) {
    boolean negative = a.startsWith("-");
    if (negative != b.startsWith("-")) {
      return negative ? -1 : 1;
    }
    int order = a.length() == b.length() ? a.compareTo(b) : a.length() - b.length();
    return negative ? -order : order;
  }

  /** Java compares by char, which puts what lies beyond the basic plane too early. */
  private static int compareCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    boolean atEnd = at == a.length() || at == b.length();
    return atEnd ? a.length() - b.length() : a.codePointAt(at) - b.codePointAt(at);
  }
}
