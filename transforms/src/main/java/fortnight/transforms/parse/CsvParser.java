package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.MALFORMED_CSV;
import static fortnight.transforms.RejectReason.MISSING_FIELD;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.csv.CsvColumns;
import fortnight.transforms.csv.CsvFields;
import fortnight.transforms.csv.CsvFields.MalformedRowException;
import fortnight.transforms.csv.RowScanner;
import fortnight.transforms.formats.Condition;
import fortnight.transforms.formats.CsvCharset;
import fortnight.transforms.formats.DimensionField;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.FieldValue;
import fortnight.transforms.formats.Money;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Parses rows of CSV. An empty field is missing. Of several faults, malformed CSV takes precedence;
 * then the conditions of the format; then the first invalid field in the order of the format's
 * keys; then missing fields.
 *
 * <p>Instances may be shared by threads.
 */
final class CsvParser implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int NO_COLUMN = -1;

  private final RecordFormat format;
  private final RecordEncoding.Csv encoding;
  private final TimestampParser timestamps;
  private final boolean canHaveMark;

  /** The distinct names of the columns that the format needs; values of rows are in this order. */
  private final List<String> names;

  /** The indexes of values in a row; {@link #NO_COLUMN} for a constant or an absent key. */
  private final int idSlot;

  private final int timeSlot;
  private final int itemSlot;
  private final int quantitySlot;
  private final int customerSlot;
  private final int priceSlot;
  private final int currencySlot;
  private final int[] dimensionSlots;
  private final int[] conditionSlots;
  private final @Nullable Long constantQuantity;
  private final @Nullable Long constantPrice;

  /** What was derived from the last preamble; correct in any thread, because it is immutable. */
  private transient @Nullable CsvColumns lastColumns;

  private transient @Nullable CsvFields fields;

  /** The time that was parsed last: successive rows often have the same. */
  private transient @Nullable KnownTime lastTime;

  private record KnownTime(String text, Instant time) {}

  CsvParser(RecordFormat format, RecordEncoding.Csv encoding, TimestampParser timestamps) {
    this.format = format;
    this.encoding = encoding;
    this.timestamps = timestamps;
    canHaveMark = encoding.charset().startsWith("UTF-");
    names = format.columns();
    idSlot = slot(format.id());
    timeSlot = slot(format.time());
    itemSlot = slot(format.item());
    quantitySlot = slot(format.quantity());
    customerSlot = slot(format.customer());
    Money money = format.money();
    priceSlot = slot(money == null ? null : money.value());
    currencySlot = slot(money == null ? null : money.currency());
    dimensionSlots =
        format.dimensions().stream().map(DimensionField::value).mapToInt(this::slot).toArray();
    constantQuantity = format.constantQuantity();
    constantPrice = format.constantPrice();
    conditionSlots =
        format.conditions().stream().map(Condition::path).mapToInt(this::slot).toArray();
  }

  private int slot(@Nullable FieldValue field) {
    return field instanceof FieldPath path ? names.indexOf(path.names().get(0)) : NO_COLUMN;
  }

  ParsedRecord parse(Payload payload) throws Rejection {
    String[] values = values(payload);
    for (int i = 0; i < conditionSlots.length; i++) {
      if (!format.conditions().get(i).holdsText(values[conditionSlots[i]], encoding)) {
        return ParsedRecord.excluded(timeOrNull(values[timeSlot]));
      }
    }
    Instant time = time(values[timeSlot]);
    Long quantity =
        constantQuantity == null
            ? Decimals.quantity(values[quantitySlot], format, encoding)
            : constantQuantity;
    Money money = format.money();
    Long price = constantPrice;
    if (price == null && money != null) {
      price = Decimals.price(values[priceSlot], format, encoding);
    }
    Id id = format.id() == null ? RecordFormat.NO_ID : present(format.id(), id(values[idSlot]));
    present(format.time(), time);
    Id item = format.constantItem();
    if (item == null) {
      item = present(format.item(), id(values[itemSlot]));
    }
    present(format.quantity(), quantity);
    Int128 amount = money == null ? Int128.ZERO : amount(money, quantity, price);
    Id customer = customerSlot == NO_COLUMN ? null : id(values[customerSlot]);
    String currency = format.constantCurrency();
    if (currencySlot != NO_COLUMN) {
      currency = present(money.currency(), values[currencySlot]);
      if (!Decimals.isCurrency(currency)) {
        throw new Rejection(
            BAD_PRICE,
            "%s: %s is not a currency, such as EUR"
                .formatted(money.currency(), Quoted.text(currency)));
      }
    }
    LineItem lineItem = LineItem.of(item, quantity, amount, List.of());
    return ParsedRecord.of(
        new Transaction(id, customer, time, List.of(lineItem), currency, dimensions(values)));
  }

  private Int128 amount(Money money, long quantity, @Nullable Long price) throws Rejection {
    long present = present(money.value(), price);
    Int128 amount = format.amount(quantity, present);
    if (amount == null) {
      throw Decimals.tooLarge(quantity, present, format).at(money.value().toString());
    }
    return amount;
  }

  /** A row is a record, and so all dimensions are those of records. */
  private List<Id> dimensions(String[] values) {
    if (dimensionSlots.length == 0) {
      return List.of();
    }
    Id[] ids = new Id[dimensionSlots.length];
    for (int i = 0; i < ids.length; i++) {
      int slot = dimensionSlots[i];
      Id id = slot == NO_COLUMN ? format.dimensions().get(i).constant() : id(values[slot]);
      ids[i] = id == null ? Id.NULL : id;
    }
    return List.of(ids);
  }

  /** Returns the values of the columns that the format needs; an empty one is null. */
  private String[] values(Payload payload) throws Rejection {
    CsvColumns columns = columns(payload.preamble());
    if (!columns.mistakes().isEmpty()) {
      CsvColumns.Mistake first = columns.mistakes().get(0);
      throw new Rejection(first.reason(), first.message());
    }
    String row = text(payload, columns.charset());
    String[] values = new String[names.size()];
    int count;
    try {
      count =
          fields()
              .split(
                  row,
                  (index, array, from, length) -> {
                    int slot = length == 0 ? -1 : columns.slot(index);
                    if (slot >= 0) {
                      values[slot] = new String(array, from, length);
                    }
                  });
    } catch (MalformedRowException e) {
      throw new Rejection(MALFORMED_CSV, "record: " + e.getMessage());
    }
    if ((row.indexOf('\n') >= 0 || row.indexOf('\r') >= 0)
        && new RowScanner(columns.charset(), encoding.delimiter()).hasFurtherRow(payload)) {
      throw new Rejection(
          MALFORMED_CSV, "record: several rows; a message of a topic must contain one row");
    }
    if (count != columns.count()) {
      throw new Rejection(
          MALFORMED_CSV,
          "record: has %d %s, and %s has %d%s"
              .formatted(
                  count,
                  count == 1 ? "field" : "fields",
                  encoding.hasHeader() ? "the header" : "header in the format",
                  columns.count(),
                  count > columns.count() && encoding.decimalComma() && encoding.delimiter() == ','
                      ? "; write numbers with a decimal comma in quotes, or use another delimiter"
                      : ""));
    }
    return values;
  }

  /** Returns whether a message is only space. */
  boolean isBlank(Payload payload) {
    return CsvColumns.isBlank(payload, encoding);
  }

  private CsvColumns columns(byte[] preamble) {
    CsvColumns columns = lastColumns;
    if (columns == null || !columns.areOf(preamble)) {
      columns = CsvColumns.of(encoding, preamble, names);
      lastColumns = columns;
    }
    return columns;
  }

  private CsvFields fields() {
    CsvFields known = fields;
    if (known == null) {
      known = new CsvFields(encoding.delimiter());
      fields = known;
    }
    return known;
  }

  /** A message can have a byte-order mark of its own. */
  private String text(Payload payload, CsvCharset ofFile) throws Rejection {
    byte[] array = payload.array();
    CsvCharset charset = ofFile;
    int mark = 0;
    if (canHaveMark
        && payload.preamble().length == 0
        && payload.length() > 0
        && array[payload.from()] < 0) {
      charset = CsvCharset.of(encoding.decoder(), array, payload.from(), payload.length());
      mark = charset.markLength();
    }
    String text = charset.decode(array, payload.from() + mark, payload.length() - mark);
    if (text == null) {
      throw new Rejection(
          MALFORMED_CSV, "record: not " + charset + "; set charset to that of the input");
    }
    if (text.isEmpty()) {
      throw new Rejection(MALFORMED_CSV, "record: empty");
    }
    return text;
  }

  private static <T> T present(FieldValue field, @Nullable T value) throws Rejection {
    if (value == null) {
      throw new Rejection(MISSING_FIELD, field + ": empty");
    }
    return value;
  }

  private static @Nullable Id id(@Nullable String text) {
    return text == null ? null : Id.ofString(text);
  }

  private @Nullable Instant timeOrNull(@Nullable String text) {
    try {
      return time(text);
    } catch (Rejection e) {
      return null;
    }
  }

  private @Nullable Instant time(@Nullable String text) throws Rejection {
    if (text == null) {
      return null;
    }
    KnownTime last = lastTime;
    if (last != null && last.text.equals(text)) {
      return last.time;
    }
    try {
      Instant time = Instant.ofEpochMilli(timestamps.parse(text, true));
      lastTime = new KnownTime(text, time);
      return time;
    } catch (Rejection e) {
      throw e.at(format.time().toString());
    }
  }
}
