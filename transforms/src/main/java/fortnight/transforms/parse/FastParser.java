package fortnight.transforms.parse;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Reads the records that nearly all are, in less than half the time of a reader of any JSON.
 *
 * <p>It rejects none: one that holds anything unusual is left to {@link JacksonParser}, and what
 * this one takes it reads alike. It takes the known fields and no others, each once, in any order,
 * with white space anywhere, as {@link JsonCursor} and {@link FastTimestamp} understand them; those
 * laid out like one before faster than others.
 *
 * <p>Threads may share it: whichever layout was learned last is as right as any.
 */
final class FastParser implements Serializable {
  private static final long serialVersionUID = 1;

  private transient @Nullable RecordTemplate layout;

  /** Whether the last record that was taken was laid out like that. */
  private transient boolean known;

  /** The transaction; null where something is unusual. */
  @Nullable Transaction scan(byte[] array, int from, int length) {
    RecordTemplate learned = layout;
    if (learned != null) {
      Transaction transaction = learned.scan(new JsonCursor(array, from, length));
      if (transaction != null) {
        known = true;
        return transaction;
      }
    }
    PlainRecord record = new PlainRecord(array, from, length);
    Transaction transaction = record.transaction();
    if (transaction != null) {
      learn(record);
    }
    return transaction;
  }

  /** For tests: whether the last record that was taken was laid out like the one learned from. */
  boolean tookByLayout() {
    return known;
  }

  /** From the second in a row: some records of each producer are shorter than its others. */
  private void learn(PlainRecord record) {
    RecordTemplate learned = known ? null : record.layout();
    if (learned != null) {
      layout = learned;
    }
    known = false;
  }

  /**
   * A record in plain JSON, read field by field, whatever their order and the space between them.
   */
  static final class PlainRecord {
    private final byte[] array;
    private final int from;
    private final int length;
    private final JsonCursor json;

    /** What was read so far, as far as a layout is to be learned from it. */
    private final List<RecordTemplate.Value> values = new ArrayList<>();

    PlainRecord(byte[] array, int from, int length) {
      this.array = array;
      this.from = from;
      this.length = length;
      this.json = new JsonCursor(array, from, length);
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
    @Nullable RecordTemplate layout() {
      return RecordTemplate.of(array, from, from + length, values);
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
      values.add(new RecordTemplate.Value(field, json.valueFrom(), json.valueTo()));
    }
  }
}
