package fortnight.transforms.parse;

import static fortnight.transforms.json.JsonText.INVALID;
import static fortnight.transforms.json.JsonText.byteAt;

import fortnight.transforms.LineItem;
import fortnight.transforms.formats.RecordFormat;
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
    /** Maximum number of keys of an object that are unknown when no more are learned. */
    private static final int MAX_UNLEARNED = 16;

    private final FieldTree tree;
    private final FastConverter converter;
    private final byte[] array;
    private final int end;

    /** The values of the record; see {@link FastValues}. */
    private final long[] values;

    /** The values of the current line item. */
    private final long[] itemValues;

    private @Nullable List<LineItem> lineItems;

    /** Whether the transaction is left to {@link JacksonParser}, unless a condition excludes it. */
    private boolean isUnusual;

    FastRecord(FieldTree tree, FastConverter converter, byte[] array, int end) {
      this.tree = tree;
      this.converter = converter;
      this.array = array;
      this.end = end;
      this.values = FastValues.ofSlots(tree.recordSlots());
      this.itemValues = FastValues.ofSlots(tree.itemSlots());
    }

    /**
     * Returns the record that begins at {@code from}; null if it is not accepted. Call only once.
     */
    @Nullable ParsedRecord parse(int from) {
      int start = JsonText.afterSpace(array, from, end);
      if (byteAt(array, start, end) != '{') {
        return null;
      }
      int next = object(tree.root(), values, start);
      if (next == INVALID || JsonText.afterSpace(array, next, end) != end) {
        return null;
      }
      return converter.record(array, values, tree.hasLineItems(), lineItems, isUnusual);
    }

    /** Returns the end of the object at {@code from}. */
    private int object(Node node, long[] slots, int from) {
      LearnedKeys keys = node.learned();
      long seen = 0;
      int expected = 0;
      int unlearned = 0;
      int next = from; // At the brace or comma before a key, or the space before the comma.
      while (true) {
        int index = keys.find(array, next, end, expected);
        Node child;
        if (index >= 0) {
          LearnedKeys.Key key = keys.key(index);
          next += key.literal().length();
          child = key.node();
          expected = index + 1;
        } else {
          int separator = JsonText.afterSpace(array, next, end);
          byte separating = byteAt(array, separator, end);
          if (separating == '}') {
            return separator + 1;
          }
          if (separating != (next == from ? '{' : ',')) {
            return INVALID;
          }
          int name = JsonText.afterSpace(array, separator + 1, end);
          if (next == from && byteAt(array, name, end) == '}') {
            return name + 1;
          }
          int value = JsonText.afterKey(array, name, end);
          int nameEnd =
              value == INVALID ? INVALID : JsonText.endOfStringWithoutEscapes(array, name, end);
          unlearned += keys.isFull() ? 1 : 0;
          if (nameEnd == INVALID || unlearned > MAX_UNLEARNED) {
            return INVALID; // Perhaps an escaped name of a field, or endlessly many keys.
          }
          child = node.child(array, name + 1, nameEnd - 1);
          keys = keys.with(expected, array, next, value, child);
          node.learn(keys);
          expected++;
          next = value;
        }
        if (next < end && array[next] <= ' ') {
          next = JsonText.afterSpace(array, next, end);
        }
        if (child == null) {
          next = JsonText.endOfValue(array, next, end);
        } else if ((seen & child.bit()) != 0) {
          return INVALID;
        } else {
          seen |= child.bit();
          next = value(child, slots, next);
        }
        if (next == INVALID) {
          return INVALID;
        }
        byte following = byteAt(array, next, end);
        if (following == '}') {
          return next + 1;
        }
        if (following == '{') {
          return INVALID; // The bytes before the first key would match.
        }
      }
    }

    /** Returns the end of the value of a child. */
    private int value(Node child, long[] slots, int from) {
      byte first = byteAt(array, from, end);
      if (child.kind() == Kind.VALUE) {
        return FastValues.add(slots, child.slot(), array, from, end);
      }
      if (child.kind() == Kind.LINE_ITEMS) {
        if (first == '[') {
          return lineItems(child, from);
        }
        isUnusual = true;
      } else {
        if (first == '{') {
          return object(child, slots, from);
        }
        isUnusual |= first != 'n' && child.isForTransaction();
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
          Arrays.fill(itemValues, 0);
          next = object(node, itemValues, next);
          item = next == INVALID ? null : converter.lineItem(array, itemValues);
        } else {
          next = JsonText.endOfValue(array, next, end);
        }
        if (next == INVALID) {
          return INVALID;
        }
        isUnusual |= item == null;
        lineItems.add(item);
        next = JsonText.afterSpace(array, next, end);
        byte separator = byteAt(array, next, end);
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
