package fortnight.transforms;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/** A record in plain JSON, read field by field, whatever their order and the space between them. */
final class PlainRecord {
  private final byte[] array;
  private final int from;
  private final int length;
  private final PlainJson json;

  /** What was read so far, as far as a layout is to be learned from it. */
  private final List<RecordLayout.Value> values = new ArrayList<>();

  PlainRecord(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
    this.json = new PlainJson(array, from, length);
  }

  /** The transaction; null where something is unusual. To be called once. */
  @Nullable Transaction transaction() {
    Id id = null;
    Id customer = null;
    boolean hasCustomer = false;
    Instant timestamp = null;
    List<LineItem> lineItems = null;
    json.expect('{');
    do {
      // In the order in which they mostly come. One that was there is not taken again.
      if (id == null && json.take(Field.TRANSACTION_ID)) {
        id = id(Field.TRANSACTION_ID);
      } else if (!hasCustomer && json.take(Field.CUSTOMER_ID)) {
        hasCustomer = true;
        customer = json.takeNull() ? null : json.id();
        note(Field.CUSTOMER_ID);
      } else if (timestamp == null && json.take(Field.TIMESTAMP)) {
        timestamp = Instant.ofEpochMilli(json.eventTime());
        note(Field.TIMESTAMP);
      } else if (lineItems == null && json.take(Field.LINE_ITEMS)) {
        lineItems = lineItems();
      } else {
        return null;
      }
    } while (json.take(','));
    json.expect('}');
    boolean complete = id != null && timestamp != null && lineItems != null;
    return json.isRead() && complete ? new Transaction(id, customer, timestamp, lineItems) : null;
  }

  /** How it is laid out, of one that was read; null where it does not show. */
  @Nullable RecordLayout layout() {
    return RecordLayout.of(array, from, from + length, values);
  }

  private List<LineItem> lineItems() {
    List<LineItem> lineItems = new ArrayList<>(4);
    json.expect('[');
    if (!json.take(']')) {
      do {
        lineItems.add(lineItem());
      } while (json.take(','));
      json.expect(']');
    }
    return lineItems;
  }

  private LineItem lineItem() {
    Id item;
    long quantity;
    json.expect('{');
    if (json.take(Field.ITEM_ID)) {
      item = id(Field.ITEM_ID);
      json.expect(',');
      json.expect(Field.QUANTITY);
      quantity = quantity();
    } else {
      json.expect(Field.QUANTITY);
      quantity = quantity();
      json.expect(',');
      json.expect(Field.ITEM_ID);
      item = id(Field.ITEM_ID);
    }
    json.expect('}');
    return new LineItem(item, quantity);
  }

  private Id id(Field field) {
    Id id = json.id();
    note(field);
    return id;
  }

  private long quantity() {
    long quantity = json.quantity();
    note(Field.QUANTITY);
    return quantity;
  }

  private void note(Field field) {
    values.add(new RecordLayout.Value(field, json.valueFrom(), json.valueTo()));
  }
}
