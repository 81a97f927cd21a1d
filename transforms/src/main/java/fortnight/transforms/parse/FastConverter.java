package fortnight.transforms.parse;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.Condition;
import fortnight.transforms.formats.Money;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Converts the values that {@link FastParser} found to a transaction; returns null for values that
 * are missing, unusual or invalid.
 */
final class FastConverter implements Serializable {
  private static final long serialVersionUID = 1;

  private final RecordFormat format;
  private final FieldTree tree;
  private final TimestampParser timestamps;
  private final List<Condition> conditions;

  private final int quantityDecimals;
  private final @Nullable Money money;

  FastConverter(RecordFormat format, FieldTree tree, TimestampParser timestamps) {
    this.format = format;
    this.tree = tree;
    this.timestamps = timestamps;
    this.conditions = format.conditions();
    this.quantityDecimals = format.quantityDecimals();
    this.money = format.money();
  }

  /** Returns the line item with these values. */
  @Nullable LineItem lineItem(byte[] array, long[] values) {
    Id item =
        tree.item == FieldTree.NO_SLOT
            ? tree.constantItem
            : FastValues.id(values, tree.item, array);
    long quantity = quantity(array, values);
    if (item == null || quantity == FastValues.UNUSUAL) {
      return null;
    }
    Int128 amount = money == null ? Int128.ZERO : amount(money, array, values, quantity);
    List<Id> dimensions =
        dimensions(tree.itemDimensions, tree.constantItemDimensions, array, values);
    return amount == null || dimensions == null
        ? null
        : LineItem.of(item, quantity, amount, dimensions);
  }

  private long quantity(byte[] array, long[] values) {
    if (tree.quantity == FieldTree.NO_SLOT) {
      return tree.constantQuantity;
    }
    return quantityDecimals == 0
        ? FastValues.quantity(values, tree.quantity, array)
        : FastValues.decimal(values, tree.quantity, array, quantityDecimals);
  }

  private @Nullable Int128 amount(Money prices, byte[] array, long[] values, long quantity) {
    long price =
        tree.price == FieldTree.NO_SLOT
            ? tree.constantPrice
            : FastValues.decimal(values, tree.price, array, prices.writtenDecimals());
    return price == FastValues.UNUSUAL || (price < 0 && !prices.isAmount())
        ? null
        : format.amount(quantity, price);
  }

  private static @Nullable List<Id> dimensions(
      int[] slots, Id[] constants, byte[] array, long[] values) {
    if (slots.length == 0) {
      return List.of();
    }
    Id[] ids = constants.clone();
    for (int i = 0; i < ids.length; i++) {
      if (slots[i] != FieldTree.NO_SLOT) {
        ids[i] =
            FastValues.isNull(values, slots[i], array)
                ? Id.NULL
                : FastValues.id(values, slots[i], array);
        if (ids[i] == null) {
          return null;
        }
      }
    }
    return List.of(ids);
  }

  /**
   * Returns the record with these values, or that the conditions exclude it.
   *
   * @param lineItems null if the record has no array of them; elements are null if they are unusual
   * @param isUnusual whether the transaction has unusual values, unless a condition excludes it
   */
  @Nullable ParsedRecord record(
      byte[] array,
      long[] values,
      boolean hasArray,
      @Nullable List<LineItem> lineItems,
      boolean isUnusual) {
    boolean isIncluded = meetsConditions(array, values);
    boolean hasTime = FastValues.isPresent(values, tree.time);
    if (!isIncluded && !hasTime) {
      return ParsedRecord.excluded(null);
    }
    long eventTime =
        hasTime
            ? timestamps.parseFast(
                array, FastValues.from(values, tree.time), FastValues.to(values, tree.time))
            : TimestampParser.UNUSUAL;
    if (eventTime == TimestampParser.UNUSUAL) {
      return null;
    }
    Instant timestamp = Instant.ofEpochMilli(eventTime);
    if (!isIncluded) {
      return ParsedRecord.excluded(timestamp);
    }
    Transaction transaction =
        isUnusual ? null : transaction(array, values, timestamp, hasArray, lineItems);
    return transaction == null ? null : ParsedRecord.of(transaction);
  }

  private @Nullable Transaction transaction(
      byte[] array,
      long[] values,
      Instant timestamp,
      boolean hasArray,
      @Nullable List<LineItem> lineItems) {
    Id id =
        tree.id == FieldTree.NO_SLOT ? RecordFormat.NO_ID : FastValues.id(values, tree.id, array);
    Id customer = null;
    if (tree.customer != FieldTree.NO_SLOT && !FastValues.isNull(values, tree.customer, array)) {
      customer = FastValues.id(values, tree.customer, array);
      if (customer == null) {
        return null;
      }
    }
    List<LineItem> all = lineItems;
    if (!hasArray) {
      LineItem only = lineItem(array, values);
      all = only == null ? null : List.of(only);
    }
    List<Id> dimensions =
        dimensions(tree.recordDimensions, tree.constantRecordDimensions, array, values);
    String currency = currency(array, values);
    boolean isComplete =
        id != null
            && all != null
            && dimensions != null
            && (currency != null || !format.hasCurrency());
    return isComplete ? new Transaction(id, customer, timestamp, all, currency, dimensions) : null;
  }

  private @Nullable String currency(byte[] array, long[] values) {
    if (tree.currency == FieldTree.NO_SLOT) {
      return money == null ? null : format.constantCurrency();
    }
    Id currency = FastValues.id(values, tree.currency, array);
    return currency == null || currency.integer() || !Decimals.isCurrency(currency.text())
        ? null
        : currency.text();
  }

  private boolean meetsConditions(byte[] array, long[] values) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(FastValues.scalar(values, tree.condition(i), array))) {
        return false;
      }
    }
    return true;
  }
}
