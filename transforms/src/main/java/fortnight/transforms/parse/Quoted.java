package fortnight.transforms.parse;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Formats values for messages: with JSON escapes, and truncated if they are long. */
final class Quoted {
  private static final int MAX_LENGTH = 100;

  private Quoted() {}

  static String text(String text) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(shortened(text)));
    StringBuilder quotedText = new StringBuilder("\"");
    quoted.codePoints().forEach(codePoint -> append(quotedText, codePoint));
    return quotedText.append('"').toString();
  }

  /** Appends an unpaired surrogate as a JSON escape, since UTF-8 cannot encode it. */
  private static void append(StringBuilder quotedText, int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      quotedText.append("\\u").append(Integer.toHexString(codePoint));
    } else {
      quotedText.appendCodePoint(codePoint);
    }
  }

  static String shortened(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, cut) + "…";
  }
}
