package fortnight.report;

/** Makes long texts short enough to be looked at. */
final class Cut {
  private Cut() {}

  /** The text, or so many of its first characters and an ellipsis; never half a character. */
  static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
