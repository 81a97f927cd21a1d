package fortnight.transforms.parse;

import fortnight.transforms.json.ByteScanner;
import fortnight.transforms.parse.FieldTree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Returns the key at {@code array[at]}, which is usually {@code next}; null if it is unknown. */
  @Nullable Key find(byte[] array, int at, int end, int next) {
    if (next < keys.length) {
      Key expected = keys[next];
      if (expected.isAt(array, at, end)) {
        return expected;
      }
    }
    return findOther(array, at, end, next);
  }

  private @Nullable Key findOther(byte[] array, int at, int end, int next) {
    for (int i = next + 1; i < keys.length; i++) {
      if (keys[i].isAt(array, at, end)) {
        return keys[i];
      }
    }
    for (int i = Math.min(next, keys.length) - 1; i >= 0; i--) {
      if (keys[i].isAt(array, at, end)) {
        return keys[i];
      }
    }
    return null;
  }

  /** Returns whether no further keys are learned. */
  boolean isFull() {
    return keys.length == MAX_KEYS;
  }

  /** Returns these keys with one more at its index; these keys if it is not learned. */
  LearnedKeys with(Key key) {
    if (key.length > MAX_LENGTH) {
      return this;
    }
    if (isFull()) {
      misses++;
      return misses < MAX_MISSES ? this : NONE;
    }
    List<Key> newKeys = new ArrayList<>(Arrays.asList(keys));
    newKeys.add(Math.min(key.index, keys.length), key);
    return new LearnedKeys(
        IntStream.range(0, newKeys.size())
            .mapToObj(i -> newKeys.get(i).withIndex(i))
            .toArray(Key[]::new));
  }

  /** A learned key, which is compared eight bytes at a time. */
  static final class Key {
    private final byte[] bytes;
    private final int length;

    /** The length, but not less than the eight bytes that are read. */
    private final int paddedLength;

    /** The first eight bytes, or all of them. */
    private final long first;

    /** Selects the bytes of {@link #first}. */
    private final long mask;

    /** The second eight bytes, if there are as many. */
    private final long second;

    /** The last eight bytes, which may overlap others. */
    private final long last;

    private final @Nullable Node node;
    private final int index;

    /**
     * Creates a key.
     *
     * @param bytes from the brace or comma before the key, or the space before the comma
     * @param node null if the format does not need the value
     * @param index the number of keys before this one in the objects from which it is learned
     */
    Key(byte[] bytes, @Nullable Node node, int index) {
      this.bytes = bytes;
      this.length = bytes.length;
      this.paddedLength = Math.max(Long.BYTES, length);
      this.first = ByteScanner.at(bytes, 0, length);
      this.mask = length < Long.BYTES ? (1L << (Byte.SIZE * length)) - 1 : -1;
      this.second = length < 2 * Long.BYTES ? 0 : ByteScanner.at(bytes, Long.BYTES);
      this.last = length < Long.BYTES ? 0 : ByteScanner.at(bytes, length - Long.BYTES);
      this.node = node;
      this.index = index;
    }

    private Key withIndex(int newIndex) {
      return new Key(bytes, node, newIndex);
    }

    int index() {
      return index;
    }

    int length() {
      return length;
    }

    /** Returns the node of the value; null if the format does not need it. */
    @Nullable Node node() {
      return node;
    }

    /** Returns whether {@code array[from, end)} starts with this key. */
    boolean isAt(byte[] array, int from, int end) {
      if (end - from < paddedLength) {
        return end - from >= length && Arrays.equals(array, from, from + length, bytes, 0, length);
      }
      return ((ByteScanner.at(array, from) ^ first) & mask) == 0
          && (length <= Long.BYTES || isRestAt(array, from));
    }

    /** Compares the bytes after the first eight. */
    private boolean isRestAt(byte[] array, int from) {
      return ByteScanner.at(array, from + length - Long.BYTES) == last
          && (length <= 2 * Long.BYTES
              || (ByteScanner.at(array, from + Long.BYTES) == second
                  && (length <= 3 * Long.BYTES
                      || Arrays.equals(array, from, from + length, bytes, 0, length))));
    }
  }
}
