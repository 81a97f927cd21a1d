package fortnight.transforms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Reads the records that nearly all are, many times faster than a reader of any JSON.
 *
 * <p>It never rejects: where there is anything unusual, it gives the record back to be read by
 * {@link TransactionReading}, and what it does read it reads alike. It takes the known fields, each
 * once, in any order, with white space anywhere, as {@link PlainJson} and {@link PlainTimestamp}
 * understand them.
 */
final class TransactionScanner implements Serializable {
  private static final byte[] TRANSACTION_ID = quoted("transaction_id");
  private static final byte[] CUSTOMER_ID = quoted("customer_id");
  private static final byte[] TIMESTAMP = quoted("timestamp");
  private static final byte[] LINE_ITEMS = quoted("line_items");
  private static final byte[] ITEM_ID = quoted("item_id");
  private static final byte[] QUANTITY = quoted("quantity");
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  /** Below the largest quantity that is allowed; what is beyond it is for others to judge. */
  private static final long LARGEST_PLAIN_QUANTITY = 1_000_000_000_000_000L;

  private final IdCache items = new IdCache();

  /** The transaction; null where something is unusual. */
  @Nullable Transaction scan(byte[] array, int from, int length) {
    PlainJson json = new PlainJson(array, from, length);
    Id id = null;
    Id customer = null;
    boolean hasCustomer = false;
    long eventTime = PlainTimestamp.NOT_PLAIN;
    List<LineItem> lineItems = null;
    json.expect('{');
    do {
      // A field that stands twice is not taken again.
      if (id == null && takeName(TRANSACTION_ID, json)) {
        id = id(json);
      } else if (!hasCustomer && takeName(CUSTOMER_ID, json)) {
        hasCustomer = true;
        customer = json.take(NULL) ? null : id(json);
      } else if (eventTime == PlainTimestamp.NOT_PLAIN && takeName(TIMESTAMP, json)) {
        eventTime = eventTime(json);
      } else if (lineItems == null && takeName(LINE_ITEMS, json)) {
        lineItems = lineItems(json);
      } else {
        return null;
      }
    } while (json.take(','));
    json.expect('}');
    if (!json.isRead()
        || id == null
        || eventTime == PlainTimestamp.NOT_PLAIN
        || lineItems == null) {
      return null;
    }
    return new Transaction(id, customer, Instant.ofEpochMilli(eventTime), lineItems);
  }

  private static Id id(PlainJson json) {
    boolean string = json.isStringElseInteger();
    return new Id(IdCache.text(json.array(), json.valueFrom(), json.valueTo()), !string);
  }

  private static long eventTime(PlainJson json) {
    json.string();
    long eventTime = PlainTimestamp.parse(json.array(), json.valueFrom(), json.valueTo());
    if (eventTime == PlainTimestamp.NOT_PLAIN) {
      json.breakOff();
    }
    return eventTime;
  }

  private List<LineItem> lineItems(PlainJson json) {
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

  private LineItem lineItem(PlainJson json) {
    Id item;
    long quantity;
    json.expect('{');
    if (takeName(ITEM_ID, json)) {
      item = item(json);
      json.expect(',');
      expectName(QUANTITY, json);
      quantity = quantity(json);
    } else {
      expectName(QUANTITY, json);
      quantity = quantity(json);
      json.expect(',');
      expectName(ITEM_ID, json);
      item = item(json);
    }
    json.expect('}');
    return new LineItem(item, quantity);
  }

  private Id item(PlainJson json) {
    boolean string = json.isStringElseInteger();
    return items.get(json.array(), json.valueFrom(), json.valueTo(), !string);
  }

  private static long quantity(PlainJson json) {
    long quantity = json.integer();
    if (Math.abs(quantity) > LARGEST_PLAIN_QUANTITY) {
      json.breakOff();
    }
    return quantity;
  }

  private static boolean takeName(byte[] quoted, PlainJson json) {
    if (!json.take(quoted)) {
      return false;
    }
    json.expect(':');
    return true;
  }

  private static void expectName(byte[] quoted, PlainJson json) {
    if (!takeName(quoted, json)) {
      json.breakOff();
    }
  }

  private static byte[] quoted(String name) {
    return ('"' + name + '"').getBytes(US_ASCII);
  }
}
