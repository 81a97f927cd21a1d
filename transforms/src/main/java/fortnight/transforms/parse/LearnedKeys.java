package fortnight.transforms.parse;

import fortnight.transforms.json.ByteScanner.Literal;
import fortnight.transforms.parse.FieldTree.Node;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The keys of the objects at one path, in their usual order, with the bytes around them: from the
 * brace or comma before the key up to the value. Bytes that match a learned key need not be parsed,
 * since the key was valid where it was learned.
 *
 * <p>Instances are immutable, but for a counter that may be imprecise.
 */
final class LearnedKeys {
  static final LearnedKeys NONE = new LearnedKeys(new Key[0]);

  private static final int MAX_KEYS = 256;

  /** Longer keys, with the space around them, are not learned. */
  private static final int MAX_LENGTH = 128;

  /** If as many keys were not learned because of {@link #MAX_KEYS}, learning begins anew. */
  private static final int MAX_MISSES = 10_000;

  private final Key[] keys;
  private int misses;

  private LearnedKeys(Key[] keys) {
    this.keys = keys;
  }

  /**
   * A learned key.
   *
   * @param node null if the format does not need the value
   */
  record Key(Literal literal, @Nullable Node node) {}

  /**
   * Returns the index of the key at {@code array[at]}, which is usually {@code next}; a negative
   * number if it is unknown.
   */
  int find(byte[] array, int at, int end, int next) {
    if (next < keys.length && keys[next].literal.isAt(array, at, end)) {
      return next;
    }
    return findOther(array, at, end, next);
  }

  private int findOther(byte[] array, int at, int end, int next) {
    for (int i = next + 1; i < keys.length; i++) {
      if (keys[i].literal.isAt(array, at, end)) {
        return i;
      }
    }
    for (int i = Math.min(next, keys.length) - 1; i >= 0; i--) {
      if (keys[i].literal.isAt(array, at, end)) {
        return i;
      }
    }
    return -1;
  }

  Key key(int index) {
    return keys[index];
  }

  /** Returns whether no further keys are learned. */
  boolean isFull() {
    return keys.length == MAX_KEYS;
  }

  /**
   * Returns these keys with the key {@code array[from, to)} before the key {@code next}; these keys
   * if it is not learned.
   */
  LearnedKeys with(int next, byte[] array, int from, int to, @Nullable Node node) {
    if (to - from > MAX_LENGTH) {
      return this;
    }
    if (isFull()) {
      misses++;
      return misses < MAX_MISSES ? this : NONE;
    }
    int index = Math.min(next, keys.length);
    Key[] newKeys = Arrays.copyOf(keys, keys.length + 1);
    System.arraycopy(keys, index, newKeys, index + 1, keys.length - index);
    newKeys[index] = new Key(new Literal(Arrays.copyOfRange(array, from, to)), node);
    return new LearnedKeys(newKeys);
  }
}
