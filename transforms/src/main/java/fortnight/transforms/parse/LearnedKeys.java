package fortnight.transforms.parse;

import fortnight.transforms.parse.ByteScanner.Literal;
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
  static final LearnedKeys NONE = new LearnedKeys(new Literal[0], new Node[0]);

  private static final int MAX_KEYS = 256;

  /** Longer keys, with the space around them, are not learned. */
  private static final int MAX_LENGTH = 128;

  /** If as many keys were not learned because of {@link #MAX_KEYS}, learning begins anew. */
  private static final int MAX_MISSES = 10_000;

  private final Literal[] literals;
  private final @Nullable Node[] nodes;
  private int misses;

  private LearnedKeys(Literal[] literals, @Nullable Node[] nodes) {
    this.literals = literals;
    this.nodes = nodes;
  }

  /**
   * Returns the index of the key at {@code array[at]}, which is usually {@code next}; a negative
   * number if it is unknown.
   */
  int find(byte[] array, int at, int end, int next) {
    if (next < literals.length && literals[next].isAt(array, at, end)) {
      return next;
    }
    for (int i = next + 1; i < literals.length; i++) {
      if (literals[i].isAt(array, at, end)) {
        return i;
      }
    }
    for (int i = Math.min(next, literals.length) - 1; i >= 0; i--) {
      if (literals[i].isAt(array, at, end)) {
        return i;
      }
    }
    return -1;
  }

  int length(int index) {
    return literals[index].length();
  }

  /** Returns the node of a key; null if the format does not need it. */
  @Nullable Node node(int index) {
    return nodes[index];
  }

  /** Returns whether no further keys are learned. */
  boolean isFull() {
    return literals.length == MAX_KEYS;
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
    int index = Math.min(next, literals.length);
    Literal[] newLiterals = Arrays.copyOf(literals, literals.length + 1);
    Node[] newNodes = Arrays.copyOf(nodes, literals.length + 1);
    System.arraycopy(literals, index, newLiterals, index + 1, literals.length - index);
    System.arraycopy(nodes, index, newNodes, index + 1, literals.length - index);
    newLiterals[index] = new Literal(Arrays.copyOfRange(array, from, to));
    newNodes[index] = node;
    return new LearnedKeys(newLiterals, newNodes);
  }
}
