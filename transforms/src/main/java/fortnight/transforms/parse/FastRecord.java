package fortnight.transforms.parse;

import static fortnight.transforms.parse.JsonText.INVALID;
import static fortnight.transforms.parse.JsonText.byteAt;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.formats.Scalar;
import fortnight.transforms.parse.FieldTree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/** One record of {@link FastParser}: finds the values of a format's fields, and converts them. */
final class FastRecord {
  /** Maximum number of keys of an object that are unknown when no more are learned. */
  private static final int MAX_UNLEARNED = 16;

  private final FieldTree tree;
  private final RecordFormat format;
  private final TimestampParser timestamps;
  private final byte[] array;
  private final int end;

  /** The start and end of each value of the record; 0, where no value can start, if missing. */
  private final int[] values;

  /** The start and end of each value of the current line item; 0 if it is missing. */
  private final int[] itemValues;

  private @Nullable List<LineItem> lineItems;

  /** Whether the transaction is left to {@link JacksonParser}, unless a condition excludes it. */
  private boolean isUnusual;

  FastRecord(
      FieldTree tree, RecordFormat format, TimestampParser timestamps, byte[] array, int end) {
    this.tree = tree;
    this.format = format;
    this.timestamps = timestamps;
    this.array = array;
    this.end = end;
    this.values = new int[2 * tree.recordSlots()];
    this.itemValues = new int[2 * tree.itemSlots()];
  }

  /** Returns the record that begins at {@code from}; null if it is not accepted. Call only once. */
  @Nullable ParsedRecord parse(int from) {
    int start = JsonText.afterSpace(array, from, end);
    if (byteAt(array, start, end) != '{') {
      return null;
    }
    int next = object(tree.root(), values, start);
    if (next == INVALID || JsonText.afterSpace(array, next, end) != end) {
      return null;
    }
    return converted();
  }

  /** Returns the end of the object at {@code from}. */
  private int object(Node node, int[] slots, int from) {
    LearnedKeys keys = node.learned();
    long seen = 0;
    int expected = 0;
    int unlearned = 0;
    int next = from + 1;
    while (true) {
      int key = keys.find(array, next, end, expected);
      Node child;
      if (key >= 0) {
        next += keys.length(key);
        child = keys.node(key);
        expected = key + 1;
      } else {
        int start = JsonText.afterSpace(array, next, end);
        if (next == from + 1 && byteAt(array, start, end) == '}') {
          return start + 1;
        }
        int value = JsonText.afterKey(array, start, end);
        if (value == INVALID) {
          return INVALID;
        }
        int nameEnd = JsonText.endOfStringWithoutEscapes(array, start, end);
        if (nameEnd == INVALID) {
          return INVALID; // The name may be that of a field of the format.
        }
        child = node.child(array, start + 1, nameEnd - 1);
        unlearned += keys.isFull() ? 1 : 0;
        if (unlearned > MAX_UNLEARNED) {
          return INVALID; // An object of endlessly many keys.
        }
        keys = keys.with(expected, array, next, value, child);
        node.learn(keys);
        expected++;
        next = value;
      }
      if (child == null) {
        next = JsonText.endOfValue(array, JsonText.afterSpace(array, next, end), end);
      } else if ((seen & child.bit()) != 0) {
        return INVALID;
      } else {
        seen |= child.bit();
        next = value(child, slots, JsonText.afterSpace(array, next, end));
      }
      if (next == INVALID) {
        return INVALID;
      }
      byte separator = byteAt(array, next, end);
      if (separator != ',' && separator != '}') {
        next = JsonText.afterSpace(array, next, end);
        separator = byteAt(array, next, end);
      }
      next++;
      if (separator == '}') {
        return next;
      }
      if (separator != ',') {
        return INVALID;
      }
    }
  }

  /** Returns the end of the value of a child. */
  private int value(Node child, int[] slots, int from) {
    byte first = byteAt(array, from, end);
    switch (child.kind()) {
      case VALUE -> {
        int to =
            first == '"'
                ? JsonText.endOfStringWithoutEscapes(array, from, end)
                : JsonText.endOfValue(array, from, end);
        slots[2 * child.slot()] = from;
        slots[2 * child.slot() + 1] = to;
        return to;
      }
      case OBJECT -> {
        if (first == '{') {
          return object(child, slots, from);
        }
        isUnusual |= first != 'n' && child.isForTransaction();
      }
      case LINE_ITEMS -> {
        if (first == '[') {
          return lineItems(child, from);
        }
        isUnusual = true;
      }
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
        item = next == INVALID ? null : lineItem(itemValues);
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

  private @Nullable LineItem lineItem(int[] slots) {
    Id item = tree.item == FieldTree.NO_SLOT ? format.constantItem() : id(slots, tree.item);
    if (item == null) {
      return null;
    }
    if (tree.quantity == FieldTree.NO_SLOT) {
      return new LineItem(item, format.constantQuantity());
    }
    long quantity =
        FastValues.quantity(array, slots[2 * tree.quantity], slots[2 * tree.quantity + 1]);
    return quantity == FastValues.UNUSUAL ? null : new LineItem(item, quantity);
  }

  /** Returns null if the id is missing or unusual. */
  private @Nullable Id id(int[] slots, int slot) {
    return FastValues.id(array, slots[2 * slot], slots[2 * slot + 1]);
  }

  private @Nullable ParsedRecord converted() {
    boolean isIncluded = meetsConditions();
    int time = values[2 * tree.time];
    long eventTime =
        time == 0
            ? TimestampParser.UNUSUAL
            : timestamps.parseFast(array, time, values[2 * tree.time + 1]);
    if (!isIncluded && time == 0) {
      return ParsedRecord.excluded(null);
    }
    if (eventTime == TimestampParser.UNUSUAL) {
      return null;
    }
    Instant timestamp = Instant.ofEpochMilli(eventTime);
    if (!isIncluded) {
      return ParsedRecord.excluded(timestamp);
    }
    Id id = tree.id == FieldTree.NO_SLOT ? RecordFormat.NO_ID : id(values, tree.id);
    Id customer = null;
    if (tree.customer != FieldTree.NO_SLOT && values[2 * tree.customer] != 0) {
      boolean isGuest = array[values[2 * tree.customer]] == 'n';
      customer = isGuest ? null : id(values, tree.customer);
      if (customer == null && !isGuest) {
        return null;
      }
    }
    if (!tree.hasLineItems()) {
      LineItem only = lineItem(values);
      lineItems = only == null ? null : List.of(only);
    }
    return id == null || lineItems == null || isUnusual
        ? null
        : ParsedRecord.of(new Transaction(id, customer, timestamp, lineItems));
  }

  private boolean meetsConditions() {
    for (int i = 0; i < format.conditions().size(); i++) {
      int slot = tree.condition(i);
      Scalar value = FastValues.scalar(array, values[2 * slot], values[2 * slot + 1]);
      if (!format.conditions().get(i).holds(value)) {
        return false;
      }
    }
    return true;
  }
}
