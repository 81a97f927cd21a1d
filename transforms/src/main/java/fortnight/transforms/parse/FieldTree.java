package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Id;
import fortnight.transforms.avro.AvroRecords.FieldSelection;
import fortnight.transforms.formats.Condition;
import fortnight.transforms.formats.DimensionField;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.FieldValue;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of a format as a tree of names. Each distinct path has a slot, a number from 0. */
final class FieldTree implements Serializable {
  private static final long serialVersionUID = 1;

  /** The slot of a field that the format does not have. */
  static final int NO_SLOT = -1;

  private final Node root = new Node("", Kind.OBJECT, List.of());
  private final List<FieldPath> slots;

  final int id;
  final int time;
  final int customer;

  /** The slot of the item or quantity: in the record if {@link #hasLineItems} is false. */
  final int item;

  final int quantity;

  /** The slot of the price of a unit or the amount, as that of the item. */
  final int price;

  final int currency;

  /** The slots of the dimensions that each line item has. */
  final int[] itemDimensions;

  /** The slots of the dimensions that each record has. */
  final int[] recordDimensions;

  /** The slot of each condition. */
  private final int[] conditions;

  /** The values of fields that are constants; null for others. */
  final @Nullable Id constantItem;

  /** In units of the last decimal. */
  final @Nullable Long constantQuantity;

  /** In units of the last decimal of prices. */
  final @Nullable Long constantPrice;

  final Id[] constantItemDimensions;
  final Id[] constantRecordDimensions;

  private final List<String> lineItems;

  FieldTree(RecordFormat format) {
    lineItems = format.lineItems();
    slots = slots(format);
    slots.forEach(this::addValue);
    id = slot(format.id());
    time = slot(format.time());
    customer = slot(format.customer());
    item = slot(format.item());
    quantity = slot(format.quantity());
    price = slot(format.money() == null ? null : format.money().value());
    currency = slot(format.money() == null ? null : format.money().currency());
    itemDimensions = slots(format.itemDimensions());
    recordDimensions = slots(format.recordDimensions());
    constantItem = format.constantItem();
    constantQuantity = format.constantQuantity();
    constantPrice = format.constantPrice();
    constantItemDimensions = constants(format.itemDimensions());
    constantRecordDimensions = constants(format.recordDimensions());
    format.paths().map(FieldPath::names).forEach(this::markForTransaction);
    conditions = format.conditions().stream().map(Condition::path).mapToInt(this::slot).toArray();
    if (hasLineItems()) {
      node(lineItems).kind = Kind.LINE_ITEMS;
    }
  }

  Node root() {
    return root;
  }

  int slots() {
    return slots.size();
  }

  /** Returns whether a record has an array of line items, rather than one line item. */
  boolean hasLineItems() {
    return !lineItems.isEmpty();
  }

  int condition(int index) {
    return conditions[index];
  }

  private static Id[] constants(List<DimensionField> dimensions) {
    return dimensions.stream().map(DimensionField::constant).toArray(Id[]::new);
  }

  private int[] slots(List<DimensionField> dimensions) {
    return dimensions.stream().map(DimensionField::value).mapToInt(this::slot).toArray();
  }

  private int slot(@Nullable FieldValue value) {
    if (!(value instanceof FieldPath path)) {
      return NO_SLOT;
    }
    return slots.indexOf(path);
  }

  private static List<FieldPath> slots(RecordFormat format) {
    return Stream.concat(format.paths(), format.conditions().stream().map(Condition::path))
        .distinct()
        .toList();
  }

  private void addValue(FieldPath path) {
    Node leaf = node(path.names());
    leaf.kind = Kind.VALUE;
    leaf.slot = slots.indexOf(path);
  }

  private void markForTransaction(List<String> names) {
    for (int i = 1; i <= names.size(); i++) {
      node(names.subList(0, i)).isForTransaction = true;
    }
  }

  private Node node(List<String> names) {
    Node node = root;
    for (int i = 0; i < names.size(); i++) {
      node = node.childOrNew(names.subList(0, i + 1));
    }
    return node;
  }

  /** What a format expects at a path. */
  enum Kind {
    VALUE,
    OBJECT,
    LINE_ITEMS
  }

  /** A name, and the names below it. */
  static final class Node implements FieldSelection, Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final byte[] nameBytes;
    private final List<String> path;
    private Kind kind;
    private int slot = NO_SLOT;
    private long bit;
    private long allBits;
    private boolean isForTransaction;
    private Node[] children = {};

    /** What was learned of the objects at this path; correct in any thread, as it is immutable. */
    private transient @Nullable LearnedKeys learned;

    Node(String name, Kind kind, List<String> path) {
      this.name = name;
      this.nameBytes = name.getBytes(UTF_8);
      this.kind = kind;
      this.path = List.copyOf(path);
    }

    private Node childOrNew(List<String> childPath) {
      String childName = childPath.get(childPath.size() - 1);
      Node child = child(childName);
      if (child == null) {
        child = new Node(childName, Kind.OBJECT, childPath);
        child.bit = 1L << children.length;
        allBits |= child.bit;
        children = Arrays.copyOf(children, children.length + 1);
        children[children.length - 1] = child;
      }
      return child;
    }

    Kind kind() {
      return kind;
    }

    /** Returns whether a field of a transaction is at or below this node, not only conditions. */
    boolean isForTransaction() {
      return isForTransaction;
    }

    /** Returns the slot of a value. */
    int slot() {
      return slot;
    }

    /** Returns a bit that no other of the first 64 children of the same parent has. */
    long bit() {
      return bit;
    }

    /** Returns the bits of all children. */
    long allBits() {
      return allBits;
    }

    List<String> path() {
      return path;
    }

    Node[] children() {
      return children;
    }

    /** Returns the child with this name; null if the format does not need it. */
    @Override
    public @Nullable Node child(String childName) {
      for (Node child : children) {
        if (child.name.equals(childName)) {
          return child;
        }
      }
      return null;
    }

    /** Returns the child whose name is {@code array[from, to)} in UTF-8. */
    @Nullable Node child(byte[] array, int from, int to) {
      for (Node child : children) {
        if (Arrays.equals(child.nameBytes, 0, child.nameBytes.length, array, from, to)) {
          return child;
        }
      }
      return null;
    }

    LearnedKeys learned() {
      LearnedKeys keys = learned;
      return keys == null ? LearnedKeys.NONE : keys;
    }

    void learn(LearnedKeys keys) {
      learned = keys;
    }
  }
}
