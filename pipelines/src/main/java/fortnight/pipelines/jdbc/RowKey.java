package fortnight.pipelines.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.jdbc.TableNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Converts texts for PostgreSQL: to keys, which are different for different texts, and to readable
 * texts.
 */
final class RowKey {
  /** An index of PostgreSQL accepts about 2,700 bytes, for all columns of the key. */
  static final int MAX_BYTES = 500;

  private static final char REPLACEMENT = '\uFFFD';

  private RowKey() {}

  /**
   * Returns the key of a JSON value or of a source: the text itself, or its hash if it is long.
   * Lone surrogates, which are not in UTF-8, become escapes as in JSON.
   */
  static String of(String text) {
    StringBuilder key = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || isLoneSurrogate(text, i)) {
        key.append("\\u%04x".formatted((int) c));
      } else {
        key.append(c);
      }
    }
    byte[] bytes = key.toString().getBytes(UTF_8);
    return bytes.length <= MAX_BYTES ? key.toString() : TableNames.KEY_HASH + hash(bytes);
  }

  /** Replaces the characters that PostgreSQL does not store: NUL and lone surrogates. */
  static String readable(String text) {
    StringBuilder replaced = null;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0 || isLoneSurrogate(text, i)) {
        replaced = replaced == null ? new StringBuilder(text) : replaced;
        replaced.setCharAt(i, REPLACEMENT);
      }
    }
    return replaced == null ? text : replaced.toString();
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
