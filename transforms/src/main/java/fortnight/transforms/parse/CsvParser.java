package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.MALFORMED_CSV;
import static fortnight.transforms.RejectReason.MISSING_FIELD;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
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
import java.util.ArrayList;
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

  /** Maximum number of digits of a quantity that is parsed without BigDecimal. */
  private static final int MAX_PLAIN_DIGITS = 15;

  private final RecordFormat format;
  private final RecordEncoding.Csv encoding;
  private final TimestampParser timestamps;
  private final boolean canHaveMark;
  private final @Nullable Long constantQuantity;
  private final @Nullable Long constantPrice;

  /** The distinct names of the columns that the format needs; values of rows are in this order. */
  private final List<String> names;

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
    constantQuantity = format.constantQuantity();
    constantPrice = format.constantPrice();
  }

  ParsedRecord parse(Payload payload) throws Rejection {
    String[] values = values(payload);
    for (Condition condition : format.conditions()) {
      if (!condition.holdsText(value(values, condition.path()), encoding.decimalComma())) {
        return ParsedRecord.excluded(timeOrNull(value(values, format.time())));
      }
    }
    Instant time = time(value(values, format.time()));
    Long quantity = constantQuantity;
    if (quantity == null) {
      quantity = quantity(value(values, (FieldPath) format.quantity()));
    }
    Money money = format.money();
    Long price = constantPrice;
    if (price == null && money != null) {
      price = price(value(values, (FieldPath) money.value()), money);
    }
    Id id =
        format.id() == null
            ? RecordFormat.NO_ID
            : present(format.id(), id(value(values, format.id())));
    present(format.time(), time);
    Id item = format.constantItem();
    if (item == null) {
      item = present(format.item(), id(value(values, (FieldPath) format.item())));
    }
    present(format.quantity(), quantity);
    Int128 amount = money == null ? Int128.ZERO : amount(money, quantity, price);
    Id customer = format.customer() == null ? null : id(value(values, format.customer()));
    String currency = format.constantCurrency();
    if (currency == null && format.hasCurrency()) {
      currency = present(money.currency(), value(values, (FieldPath) money.currency()));
    }
    LineItem lineItem = new LineItem(item, quantity, amount, List.of());
    return ParsedRecord.of(
        new Transaction(id, customer, time, List.of(lineItem), currency, dimensions(values)));
  }

  private Int128 amount(Money money, long quantity, @Nullable Long price) throws Rejection {
    long present = present(money.value(), price);
    Int128 amount = format.amount(quantity, present);
    if (amount == null) {
      throw Decimals.tooLarge(quantity, present).at(money.value().toString());
    }
    return amount;
  }

  /** A row is a record, and so all dimensions are those of records. */
  private List<Id> dimensions(String[] values) {
    if (format.dimensions().isEmpty()) {
      return List.of();
    }
    List<Id> ids = new ArrayList<>();
    for (DimensionField dimension : format.dimensions()) {
      Id id = dimension.constant();
      if (id == null) {
        String text = value(values, (FieldPath) dimension.value());
        id = text == null ? Id.NULL : Id.ofString(text);
      }
      ids.add(id);
    }
    return ids;
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
          "record: has %d %s, and %s has %d"
              .formatted(
                  count,
                  count == 1 ? "field" : "fields",
                  encoding.hasHeader() ? "the header" : "header in the format",
                  columns.count()));
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

  private @Nullable String value(String[] values, FieldPath path) {
    return values[names.indexOf(path.names().get(0))];
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

  private @Nullable Long quantity(@Nullable String text) throws Rejection {
    if (text == null) {
      return null;
    }
    try {
      return format.quantityDecimals() == 0 && isPlainInteger(text)
          ? Long.valueOf(text)
          : Long.valueOf(
              Decimals.quantity(
                  number(text, BAD_QUANTITY), Quoted.text(text), format.quantityDecimals()));
    } catch (Rejection e) {
      throw e.at(format.quantity().toString());
    }
  }

  private @Nullable Long price(@Nullable String text, Money money) throws Rejection {
    if (text == null) {
      return null;
    }
    try {
      return Decimals.price(number(text, BAD_PRICE), Quoted.text(text), money);
    } catch (Rejection e) {
      throw e.at(money.value().toString());
    }
  }

  private static boolean isPlainInteger(String text) {
    if (text.length() > MAX_PLAIN_DIGITS || text.charAt(0) < '1') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns a number with a decimal point. */
  private String number(String text, RejectReason reason) throws Rejection {
    if (!encoding.decimalComma()) {
      return text;
    }
    if (text.indexOf('.') >= 0) {
      throw new Rejection(
          reason, Quoted.text(text) + " has a point, and numbers have a decimal comma");
    }
    return text.replace(',', '.');
  }
}
