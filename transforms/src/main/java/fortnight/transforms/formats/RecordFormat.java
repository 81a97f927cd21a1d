package fortnight.transforms.formats;

import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where the fields of a transaction are in a record, and which records count.
 *
 * <p>If a path contains {@code []}, a record is a transaction with an array of line items.
 * Otherwise a record has one line item.
 *
 * @param id null if records have no id
 * @param customer null if records have no customer
 * @param quantityDecimals number of decimals of quantities; a quantity with more is rejected
 * @param money null if line items have no amounts
 * @param dimensions what volumes are grouped by, beside items
 * @param conditions all of them must hold; other records are filtered out
 * @param encoding how records are encoded
 */
public record RecordFormat(
    @Nullable FieldPath id,
    FieldPath time,
    TimeNotation timeNotation,
    FieldValue item,
    @Nullable FieldPath customer,
    FieldValue quantity,
    int quantityDecimals,
    @Nullable Money money,
    List<DimensionField> dimensions,
    List<Condition> conditions,
    RecordEncoding encoding)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The id of all transactions if records have no id. */
  public static final Id NO_ID = Id.ofString("");

  /** The quantity of a format without one. */
  public static final FieldValue ONE = new FieldValue.Constant("1");

  /** By the exponent, up to that of the largest number of decimals. */
  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> 10 * power).limit(10).toArray();

  /** 10^27. */
  private static final Int128 MAX_AMOUNT =
      Int128.product(1_000_000_000_000_000_000L, POWERS_OF_TEN[9]);

  public RecordFormat {
    conditions = List.copyOf(conditions);
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Parses the keys of a format.
   *
   * @throws InvalidFormatException with all mistakes
   */
  public static RecordFormat of(List<FormatEntry> entries) {
    return new FormatReader(entries, List.of()).format();
  }

  /**
   * Parses the keys of a format, separated by commas: {@code id=order_id,time=ts,item=lines[].sku}.
   *
   * @throws InvalidFormatException with all mistakes
   */
  public static RecordFormat parse(String text) {
    List<String> mistakes = new ArrayList<>();
    return new FormatReader(FormatText.entries(text, mistakes), mistakes).format();
  }

  /** Returns the format of the talk, the default. */
  public static RecordFormat fortnight() {
    return Preset.FORTNIGHT.format();
  }

  /**
   * Returns a text that is equal for equal formats, and the same in all releases: state can be
   * restored only with the format with which it was made.
   */
  public String identity() {
    return toString()
        .replace(", quantityDecimals=0", "")
        .replace(", money=null", "")
        .replace(", dimensions=[]", "")
        .replace(", encoding=" + RecordEncoding.JSON, "");
  }

  /** Returns the names up to the array of line items; empty if a record has one line item. */
  public List<String> lineItems() {
    return paths()
        .filter(FieldPath::isInLineItem)
        .findFirst()
        .map(FieldPath::lineItems)
        .orElse(List.of());
  }

  /**
   * Returns whether a record is a line item of a transaction: the records with the same id are one
   * transaction.
   */
  public boolean hasDistinctIds() {
    return id != null && lineItems().isEmpty();
  }

  /** Returns the paths of a transaction's fields, without those of conditions. */
  public Stream<FieldPath> paths() {
    Stream<FieldValue> amounts =
        money == null ? Stream.empty() : Stream.of(money.value(), money.currency());
    return Stream.of(
            Stream.of(id, time, item, customer, quantity),
            amounts,
            dimensions.stream().map(DimensionField::value))
        .flatMap(values -> values)
        .filter(FieldPath.class::isInstance)
        .map(FieldPath.class::cast);
  }

  /** Returns the distinct first names of all paths: in CSV, the columns that the format needs. */
  public List<String> columns() {
    return Stream.concat(paths(), conditions.stream().map(Condition::path))
        .map(path -> path.names().get(0))
        .distinct()
        .toList();
  }

  /** Returns the item of each line item; null if it is a field. */
  public @Nullable Id constantItem() {
    return item instanceof FieldValue.Constant constant ? Id.ofString(constant.text()) : null;
  }

  /**
   * Returns the quantity of each line item, in units of the last decimal; null if it is a field.
   */
  public @Nullable Long constantQuantity() {
    return quantity instanceof FieldValue.Constant constant
        ? Long.valueOf(
            new BigDecimal(constant.text()).movePointRight(quantityDecimals).longValueExact())
        : null;
  }

  /**
   * Returns the amount of a line item, in units of its last decimal; null if it is beyond ±10^27 of
   * these units, so that sums cannot overflow.
   *
   * @param price the price of a unit or the amount, as {@link #money} has it, in units of its last
   *     decimal
   */
  public @Nullable Int128 amount(long quantity, long price) {
    long factor =
        Objects.requireNonNull(money).isAmount() ? POWERS_OF_TEN[quantityDecimals] : quantity;
    Int128 amount = Int128.product(price, factor);
    return amount.isLong() || isAmount(amount) ? amount : null;
  }

  private static boolean isAmount(Int128 value) {
    return value.compareTo(MAX_AMOUNT) <= 0 && Int128.ZERO.minus(value).compareTo(MAX_AMOUNT) <= 0;
  }

  /** Returns the price or amount of each line item; null if it is a field, or there is none. */
  public @Nullable Long constantPrice() {
    return money != null && money.value() instanceof FieldValue.Constant constant
        ? Long.valueOf(
            new BigDecimal(constant.text())
                .movePointRight(money.writtenDecimals())
                .longValueExact())
        : null;
  }

  /** Returns whether each record has a currency. */
  public boolean hasCurrency() {
    return money != null && money.currency() != null;
  }

  /** Returns the currency of each record; null if it is a field, or there is none. */
  public @Nullable String constantCurrency() {
    return money != null && money.currency() instanceof FieldValue.Constant constant
        ? constant.text()
        : null;
  }

  /** Returns the number of decimals of the amounts of line items, and of revenue. */
  public int revenueDecimals() {
    return money == null ? 0 : money.decimals() + quantityDecimals;
  }

  /** Returns the dimensions of which each line item has a value. */
  public List<DimensionField> itemDimensions() {
    return dimensions.stream().filter(DimensionField::isOfLineItems).toList();
  }

  /** Returns the dimensions of which each record has a value. */
  public List<DimensionField> recordDimensions() {
    return dimensions.stream().filter(dimension -> !dimension.isOfLineItems()).toList();
  }

  /** Returns the names of the dimensions. */
  public List<String> dimensionNames() {
    return dimensions.stream().map(DimensionField::name).toList();
  }
}
