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
 * The text around the values of a producer's records. Learned from one record; records with the
 * same text are parsed by one comparison between values.
 *
 * <p>The text is valid JSON in the record from which it is learned, and so in every record that
 * matches. Instances are immutable.
 */
final class RecordTemplate {
  private final List<Field> fields;

  /** The text before the value of each field, followed by the text after the last value. */
  private final Literal[] literals;

  private final Field firstItemField;
  private final Literal literalInItem;
  private final Literal literalBetweenItems;

  private RecordTemplate(
      List<Field> fields,
      List<Literal> literals,
      Field firstItemField,
      Literal literalInItem,
      Literal literalBetweenItems) {
    this.fields = fields;
    this.literals = literals.toArray(Literal[]::new);
    this.firstItemField = firstItemField;
    this.literalInItem = literalInItem;
    this.literalBetweenItems = literalBetweenItems;
  }

  /** The position of a value in a record, including its quotes. */
  record Value(Field field, int from, int to) {}

  /**
   * Returns the template of the record {@code array[from, to)} with these values; null if it has
   * fewer than two line items, since the text between line items is then unknown.
   */
  static @Nullable RecordTemplate of(byte[] array, int from, int to, List<Value> values) {
    List<Field> fields = new ArrayList<>();
    List<Literal> literals = new ArrayList<>();
    List<Field> itemFields = new ArrayList<>();
    List<Literal> itemLiterals = new ArrayList<>();
    int previousEnd = from;
    for (Value value : values) {
      Literal literal = new Literal(Arrays.copyOfRange(array, previousEnd, value.from()));
      boolean isFirst = itemFields.isEmpty();
      if (value.field().isInItem()) {
        itemFields.add(value.field());
        itemLiterals.add(literal);
      }
      if (!value.field().isInItem() || isFirst) {
        fields.add(value.field().isInItem() ? Field.LINE_ITEMS : value.field());
        literals.add(literal);
      }
      previousEnd = value.to();
    }
    literals.add(new Literal(Arrays.copyOfRange(array, previousEnd, to)));
    boolean hasTwoItems = itemFields.size() >= 4 && itemFields.get(0) == itemFields.get(2);
    return hasTwoItems
        ? new RecordTemplate(
            fields, literals, itemFields.get(0), itemLiterals.get(1), itemLiterals.get(2))
        : null;
  }

  /** Returns the transaction of a record that matches this template; null if it does not match. */
  @Nullable Transaction scan(JsonCursor json) {
    Id id = null;
    Id customer = null;
    Instant timestamp = null;
    List<LineItem> lineItems = null;
    for (int i = 0; i < literals.length - 1; i++) {
      json.expectHere(literals[i]);
      switch (fields.get(i)) {
        case TRANSACTION_ID -> id = json.id();
        case CUSTOMER_ID -> customer = json.takeNull() ? null : json.id();
        case TIMESTAMP -> timestamp = Instant.ofEpochMilli(json.eventTime());
        default -> lineItems = lineItems(json);
      }
    }
    json.expectHere(literals[literals.length - 1]);
    return json.isComplete() ? new Transaction(id, customer, timestamp, lineItems) : null;
  }

  private List<LineItem> lineItems(JsonCursor json) {
    List<LineItem> lineItems = new ArrayList<>(4);
    do {
      lineItems.add(lineItem(json));
    } while (json.takeHere(literalBetweenItems));
    return lineItems;
  }

  private LineItem lineItem(JsonCursor json) {
    if (firstItemField == Field.ITEM_ID) {
      Id item = json.id();
      json.expectHere(literalInItem);
      return new LineItem(item, json.quantity());
    }
    long quantity = json.quantity();
    json.expectHere(literalInItem);
    return new LineItem(json.id(), quantity);
  }
}
