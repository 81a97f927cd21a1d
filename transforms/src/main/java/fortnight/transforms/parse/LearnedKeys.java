package fortnight.transforms.parse;

import fortnight.transforms.parse.ByteScanner.Literal;
import fortnight.transforms.parse.FieldTree.Node;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The keys of the objects at one path, in their usual order, with the bytes around them: from the
 * byte after a brace or comma up to the value. Bytes that match a learned key need not be parsed,
 * since the key was valid where it was learned.
 *
 * <p>Instances are immutable.
 */
final class LearnedKeys {
  static final LearnedKeys NONE = new LearnedKeys(new Literal[0], new Node[0]);

  /** Objects with more distinct keys are learned anew. */
  private static final int MAX_KEYS = 256;

  private final Literal[] literals;
  private final @Nullable Node[] nodes;

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

  /** Returns these keys with a new one before the key {@code next}. */
  LearnedKeys with(int next, Literal literal, @Nullable Node node) {
    int kept = literals.length == MAX_KEYS ? 0 : literals.length;
    int index = Math.min(next, kept);
    Literal[] newLiterals = Arrays.copyOf(literals, kept + 1);
    Node[] newNodes = Arrays.copyOf(nodes, kept + 1);
    System.arraycopy(literals, index, newLiterals, index + 1, kept - index);
    System.arraycopy(nodes, index, newNodes, index + 1, kept - index);
    newLiterals[index] = literal;
    newNodes[index] = node;
    return new LearnedKeys(newLiterals, newNodes);
  }
}
