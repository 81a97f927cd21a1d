package fortnight.transforms.parse;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Quotes values for messages: with JSON's escapes, shortened if they are long. */
final class Quoted {
  private static final int LONGEST = 100;

  private Quoted() {}

  static String text(String text) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(shortened(text)));
    StringBuilder shown = new StringBuilder("\"");
    quoted.codePoints().forEach(codePoint -> append(shown, codePoint));
    return shown.append('"').toString();
  }

  /** Half a surrogate pair has no UTF-8; it is shown as JSON escapes it. */
  private static void append(StringBuilder shown, int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      shown.append("\\u").append(Integer.toHexString(codePoint));
    } else {
      shown.appendCodePoint(codePoint);
    }
  }

  static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, cut) + "…";
  }
}
