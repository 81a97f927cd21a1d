package fortnight.transforms;

/** What a byte of JSON is. */
final class Ascii {
  private Ascii() {}

  static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Whether it stands for itself in a string; bytes below zero are not ASCII. */
  static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}
