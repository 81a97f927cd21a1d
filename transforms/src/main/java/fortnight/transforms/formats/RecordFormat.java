package fortnight.transforms.formats;

import fortnight.transforms.Id;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
 * @param conditions all of them must hold; other records are filtered out
 * @param encoding how records are encoded
 * @param unused keys that are valid, and that no analysis uses yet
 */
public record RecordFormat(
    @Nullable FieldPath id,
    FieldPath time,
    TimeNotation timeNotation,
    FieldValue item,
    @Nullable FieldPath customer,
    FieldValue quantity,
    List<Condition> conditions,
    RecordEncoding encoding,
    List<String> unused)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The id of all transactions if records have no id. */
  public static final Id NO_ID = Id.ofString("");

  /** The quantity of a format without one. */
  public static final FieldValue ONE = new FieldValue.Constant("1");

  public RecordFormat {
    conditions = List.copyOf(conditions);
    unused = List.copyOf(unused);
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
    return toString().replace(", encoding=" + RecordEncoding.JSON, "");
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
    return Stream.of(id, time, item, customer, quantity)
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

  /** Returns the quantity of each line item; null if it is a field. */
  public @Nullable Long constantQuantity() {
    return quantity instanceof FieldValue.Constant constant ? Long.valueOf(constant.text()) : null;
  }
}
