package fortnight.transforms;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Values as messages show them: as they stand in JSON, and not too long. */
final class Shown {
  private static final int LONGEST = 100;

  private Shown() {}

  static String text(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(shortened(text))) + '"';
  }

  static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, cut) + "…";
  }
}
