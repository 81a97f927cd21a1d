package fortnight.transforms;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8: no overlong forms, no surrogates, nothing replaced. */
final class Utf8 {
  /** The most bytes by which a cut can leave a character unfinished. */
  private static final int LONGEST_UNFINISHED = 3;

  private Utf8() {}

  /**
   * The payload's text; empty where it is not UTF-8. A character that a cut left unfinished goes.
   */
  static Optional<String> decode(Payload payload) {
    int spare = payload.tooLarge() ? Math.min(LONGEST_UNFINISHED, payload.length()) : 0;
    for (int less = 0; less <= spare; less++) {
      Optional<String> text = decode(payload.array(), payload.from(), payload.length() - less);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  static boolean isValid(byte[] array, int from, int length) {
    return isAscii(array, from, length) || decode(array, from, length).isPresent();
  }

  private static Optional<String> decode(byte[] array, int from, int length) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(array, from, length))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** No branch in the loop: the compiler makes vector instructions of it. */
  private static boolean isAscii(byte[] array, int from, int length) {
    int seen = 0;
    for (int i = from; i < from + length; i++) {
      seen |= array[i];
    }
    return seen >= 0;
  }
}
