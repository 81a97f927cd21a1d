package fortnight.transforms;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Reads the records that nearly all are, in less than half the time of a reader of any JSON.
 *
 * <p>It rejects none: one that holds anything unusual is left to {@link TransactionReading}, and
 * what this one takes it reads alike. It takes the known fields and no others, each once, in any
 * order, with white space anywhere, as {@link PlainJson} and {@link PlainTimestamp} understand
 * them.
 */
final class TransactionScanner {
  private static final FieldName TRANSACTION_ID = FieldName.of("transaction_id");
  private static final FieldName CUSTOMER_ID = FieldName.of("customer_id");
  private static final FieldName TIMESTAMP = FieldName.of("timestamp");
  private static final FieldName LINE_ITEMS = FieldName.of("line_items");
  private static final FieldName ITEM_ID = FieldName.of("item_id");
  private static final FieldName QUANTITY = FieldName.of("quantity");

  /** None so near zero is rejected; what is beyond it is for others to judge. */
  private static final long LARGEST_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  private TransactionScanner() {}

  /** The transaction; null where something is unusual. */
  static @Nullable Transaction scan(byte[] array, int from, int length) {
    PlainJson json = new PlainJson(array, from, length);
    Id id = null;
    Id customer = null;
    boolean hasCustomer = false;
    Instant timestamp = null;
    List<LineItem> lineItems = null;
    json.expect('{');
    do {
      // In the order in which they mostly come. One that was there is not taken again.
      if (id == null && json.take(TRANSACTION_ID)) {
        id = json.id();
      } else if (!hasCustomer && json.take(CUSTOMER_ID)) {
        hasCustomer = true;
        customer = json.takeNull() ? null : json.id();
      } else if (timestamp == null && json.take(TIMESTAMP)) {
        timestamp = Instant.ofEpochMilli(json.eventTime());
      } else if (lineItems == null && json.take(LINE_ITEMS)) {
        lineItems = lineItems(json);
      } else {
        return null;
      }
    } while (json.take(','));
    json.expect('}');
    boolean complete = id != null && timestamp != null && lineItems != null;
    return json.isRead() && complete ? new Transaction(id, customer, timestamp, lineItems) : null;
  }

  private static List<LineItem> lineItems(PlainJson json) {
    List<LineItem> lineItems = new ArrayList<>(4);
    json.expect('[');
    if (!json.take(']')) {
      do {
        lineItems.add(lineItem(json));
      } while (json.take(','));
      json.expect(']');
    }
    return lineItems;
  }

  private static LineItem lineItem(PlainJson json) {
    Id item;
    long quantity;
    json.expect('{');
    if (json.take(ITEM_ID)) {
      item = json.id();
      json.expect(',');
      json.expect(QUANTITY);
      quantity = quantity(json);
    } else {
      json.expect(QUANTITY);
      quantity = quantity(json);
      json.expect(',');
      json.expect(ITEM_ID);
      item = json.id();
    }
    json.expect('}');
    return new LineItem(item, quantity);
  }

  private static long quantity(PlainJson json) {
    long quantity = json.integer();
    if (Math.abs(quantity) > LARGEST_PLAIN_QUANTITY) {
      json.breakOff();
    }
    return quantity;
  }
}
