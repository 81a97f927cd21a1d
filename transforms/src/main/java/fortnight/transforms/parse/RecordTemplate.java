package fortnight.transforms.parse;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import fortnight.transforms.parse.ByteScanner.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * What a producer writes around the values of its records, which differ in nothing else. It is
 * learned from one record, and reads those like it sooner: all that stands between two values is
 * one comparison.
 *
 * <p>What stands there is plain JSON in one record, so it is in another. It never changes, so
 * threads may share it.
 */
final class RecordTemplate {
  private final List<Field> fields;

  /** What stands before the value of each field, and, at last, behind all of them. */
  private final Literal[] around;

  private final Field firstOfItem;
  private final Literal inItem;
  private final Literal betweenItems;

  private RecordTemplate(
      List<Field> fields,
      List<Literal> around,
      Field firstOfItem,
      Literal inItem,
      Literal betweenItems) {
    this.fields = fields;
    this.around = around.toArray(Literal[]::new);
    this.firstOfItem = firstOfItem;
    this.inItem = inItem;
    this.betweenItems = betweenItems;
  }

  /** A value that was read, with its quotes. */
  record Value(Field field, int from, int to) {}

  /**
   * The layout of the record {@code array[from, to)} with these values; null where it has fewer
   * than two line items, which do not show all of it.
   */
  static @Nullable RecordTemplate of(byte[] array, int from, int to, List<Value> values) {
    List<Field> fields = new ArrayList<>();
    List<Literal> around = new ArrayList<>();
    List<Field> inItems = new ArrayList<>();
    List<Literal> aroundInItems = new ArrayList<>();
    int before = from;
    for (Value value : values) {
      Literal literal = new Literal(Arrays.copyOfRange(array, before, value.from()));
      boolean isFirst = inItems.isEmpty();
      if (value.field().isInItem()) {
        inItems.add(value.field());
        aroundInItems.add(literal);
      }
      if (!value.field().isInItem() || isFirst) {
        fields.add(value.field().isInItem() ? Field.LINE_ITEMS : value.field());
        around.add(literal);
      }
      before = value.to();
    }
    around.add(new Literal(Arrays.copyOfRange(array, before, to)));
    boolean isShown = inItems.size() >= 4 && inItems.get(0) == inItems.get(2);
    return isShown
        ? new RecordTemplate(
            fields, around, inItems.get(0), aroundInItems.get(1), aroundInItems.get(2))
        : null;
  }

  /** The transaction of a record that is laid out like this; null of any other. */
  @Nullable Transaction scan(JsonCursor json) {
    Id id = null;
    Id customer = null;
    Instant timestamp = null;
    List<LineItem> lineItems = null;
    for (int i = 0; i < around.length - 1; i++) {
      json.expectHere(around[i]);
      switch (fields.get(i)) {
        case TRANSACTION_ID -> id = json.id();
        case CUSTOMER_ID -> customer = json.takeNull() ? null : json.id();
        case TIMESTAMP -> timestamp = Instant.ofEpochMilli(json.eventTime());
        default -> lineItems = lineItems(json);
      }
    }
    json.expectHere(around[around.length - 1]);
    return json.isRead() ? new Transaction(id, customer, timestamp, lineItems) : null;
  }

  private List<LineItem> lineItems(JsonCursor json) {
    List<LineItem> lineItems = new ArrayList<>(4);
    do {
      lineItems.add(lineItem(json));
    } while (json.takeHere(betweenItems));
    return lineItems;
  }

  private LineItem lineItem(JsonCursor json) {
    if (firstOfItem == Field.ITEM_ID) {
      Id item = json.id();
      json.expectHere(inItem);
      return new LineItem(item, json.quantity());
    }
    long quantity = json.quantity();
    json.expectHere(inItem);
    return new LineItem(json.id(), quantity);
  }
}
