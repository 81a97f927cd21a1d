package fortnight.transforms.parse;

import static fortnight.transforms.json.JsonText.INVALID;
import static fortnight.transforms.json.JsonText.byteAt;

import fortnight.transforms.LineItem;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.json.ByteScanner;
import fortnight.transforms.json.JsonText;
import fortnight.transforms.parse.FieldTree.Kind;
import fortnight.transforms.parse.FieldTree.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Fast path for well-formed records; returns null for all others, which {@link JacksonParser}
 * parses or rejects.
 *
 * <p>Accepts objects with any fields in any order. The keys of each object are learned ({@link
 * LearnedKeys}), so that those of the next record are compared, not parsed. The values of fields
 * that the format does not need are skipped and validated ({@link JsonText}). Not accepted are
 * records with a repeated field of the format or an escape in its value, transactions with a field
 * of another JSON type, and everything that is invalid.
 *
 * <p>Instances may be shared by threads.
 */
final class FastParser implements Serializable {
  private static final long serialVersionUID = 1;

  private final FieldTree tree;
  private final FastConverter converter;

  FastParser(RecordFormat format, FieldTree tree, TimestampParser timestamps) {
    this.tree = tree;
    this.converter = new FastConverter(format, tree, timestamps);
  }

  /** Returns the parsed record; null if it is not accepted. */
  @Nullable ParsedRecord parse(byte[] array, int from, int length) {
    return new FastRecord(tree, converter, array, from + length).parse(from);
  }

  /** One record: finds the values of a format's fields. */
  private static final class FastRecord {
    /** Maximum number of keys of a record that are unknown when no more are learned. */
    private static final int MAX_UNLEARNED = 16;

    private final FieldTree tree;
    private final FastConverter converter;
    private final byte[] array;
    private final int end;

    /** The values of the record and of the current line item; see {@link FastValues}. */
    private final long[] values;

    private @Nullable List<LineItem> lineItems;

    /** How many keys were unknown when no more are learned. */
    private int unlearned;

    /** Whether the transaction is left to {@link JacksonParser}, unless a condition excludes it. */
    private boolean isUnusual;

    FastRecord(FieldTree tree, FastConverter converter, byte[] array, int end) {
      this.tree = tree;
      this.converter = converter;
      this.array = array;
      this.end = end;
      this.values = FastValues.ofSlots(tree.slots());
    }

    /**
     * Returns the record that begins at {@code from}; null if it is not accepted. Call only once.
     */
    @Nullable ParsedRecord parse(int from) {
      int start = JsonText.afterSpace(array, from, end);
      if (byteAt(array, start, end) != '{') {
        return null;
      }
      int next = object(tree.root(), start);
      if (next == INVALID || JsonText.afterSpace(array, next, end) != end) {
        return null;
      }
      return converter.record(array, values, tree.hasLineItems(), lineItems, isUnusual);
    }

    /** Returns the end of the object at {@code from}. */
    private int object(Node node, int from) {
      LearnedKeys keys = node.learned();
      long seen = 0;
      int expected = 0;
      int next = from; // At the brace or comma before a key, or the space before the comma.
      while (true) {
        LearnedKeys.Key key = keys.find(array, next, end, expected);
        if (key == null) {
          key = learn(node, expected, from, next);
          if (key == null) {
            return endOfObject(node, seen, from, next);
          }
          keys = node.learned();
        }
        expected = key.index() + 1;
        next += key.length();
        byte first = byteAt(array, next, end);
        if (ByteScanner.isSpace(first)) { // Rare: a learned key includes the space after it.
          next = JsonText.afterSpace(array, next, end);
          first = byteAt(array, next, end);
        }
        Node child = key.node();
        if (child == null) {
          next = JsonText.endOfValue(array, next, end);
        } else if ((seen & child.bit()) != 0) {
          return INVALID;
        } else {
          seen |= child.bit();
          if (child.kind() != Kind.VALUE) {
            next = container(child, next);
          } else if (ByteScanner.isDigit(first)) {
            next = FastValues.addNumber(values, child.slot(), array, next, end);
          } else {
            next = FastValues.add(values, child.slot(), array, next, end);
          }
        }
        if (next == INVALID) {
          return INVALID;
        }
        byte following = byteAt(array, next, end);
        if (following == '}') {
          clearOthers(node, seen);
          return next + 1;
        }
        if (following == '{') {
          return INVALID; // The bytes before the first key would match.
        }
      }
    }

    /** Removes the values of the previous line item of children that are not in {@code seen}. */
    private void clearOthers(Node node, long seen) {
      if (seen != node.allBits()) {
        for (Node child : node.children()) {
          if ((seen & child.bit()) == 0) {
            clear(child);
          }
        }
      }
    }

    /** Removes all values if the children have not enough bits for {@link #clearOthers}. */
    private void clearIfWide(Node node) {
      if (node.children().length > Long.SIZE) {
        clearOthers(node, 0);
      }
    }

    private void clear(Node node) {
      if (node.kind() == Kind.VALUE) {
        FastValues.clear(values, node.slot());
      }
      clearOthers(node, 0);
    }

    /**
     * Learns the key that begins at {@code next}: at the brace or comma before it, or the space
     * before the comma. Returns null if it is invalid or escaped.
     */
    private LearnedKeys.@Nullable Key learn(Node node, int expected, int from, int next) {
      int separator = JsonText.afterSpace(array, next, end);
      if (byteAt(array, separator, end) != (next == from ? '{' : ',')) {
        return null;
      }
      int name = JsonText.afterSpace(array, separator + 1, end);
      int value = JsonText.afterKey(array, name, end);
      if (value == INVALID) {
        return null;
      }
      int nameEnd = JsonText.endOfStringWithoutEscapes(array, name, end);
      if (nameEnd == INVALID) {
        return null; // Perhaps an escaped name of a field.
      }
      LearnedKeys keys = node.learned();
      unlearned += keys.isFull() ? 1 : 0;
      if (unlearned > MAX_UNLEARNED) {
        return null;
      }
      Node child = node.child(array, name + 1, nameEnd - 1);
      byte[] bytes = Arrays.copyOfRange(array, next, value);
      LearnedKeys.Key key = new LearnedKeys.Key(bytes, child, expected);
      node.learn(keys.with(key));
      return key;
    }

    /** Returns the end of an object whose closing brace follows. */
    private int endOfObject(Node node, long seen, int from, int next) {
      clearOthers(node, seen);
      int brace = JsonText.afterSpace(array, next == from ? from + 1 : next, end);
      return byteAt(array, brace, end) == '}' ? brace + 1 : INVALID;
    }

    /** Returns the end of the value of a child that is an object or the array of line items. */
    private int container(Node child, int from) {
      byte first = byteAt(array, from, end);
      if (child.kind() == Kind.LINE_ITEMS) {
        if (first == '[') {
          return lineItems(child, from);
        }
        isUnusual = true;
      } else {
        if (first == '{') {
          clearIfWide(child);
          return object(child, from);
        }
        isUnusual |= first != 'n' && child.isForTransaction();
        clear(child);
      }
      return JsonText.endOfValue(array, from, end);
    }

    /** Returns the end of the array at {@code from}. */
    private int lineItems(Node node, int from) {
      lineItems = new ArrayList<>(4);
      int next = JsonText.afterSpace(array, from + 1, end);
      if (byteAt(array, next, end) == ']') {
        return next + 1;
      }
      while (true) {
        LineItem item = null;
        if (byteAt(array, next, end) == '{') {
          clearIfWide(node);
          next = object(node, next);
          item = next == INVALID ? null : converter.lineItem(array, values);
        } else {
          next = JsonText.endOfValue(array, next, end);
        }
        if (next == INVALID) {
          return INVALID;
        }
        isUnusual |= item == null;
        lineItems.add(item);
        byte separator = byteAt(array, next, end);
        if (ByteScanner.isSpace(separator)) {
          next = JsonText.afterSpace(array, next, end);
          separator = byteAt(array, next, end);
        }
        if (separator == ']') {
          return next + 1;
        }
        if (separator != ',') {
          return INVALID;
        }
        next = JsonText.afterSpace(array, next + 1, end);
      }
    }
  }
}
