package fortnight.report.rows;

import java.util.Optional;

/**
 * What the rows of a series have in common beside their analysis.
 *
 * @param value the item, or the value of a dimension; empty for the whole shop
 * @param currency empty if rows have no currency
 */
public record SeriesKey(Optional<DimensionValue> value, Optional<String> currency) {
  /** The key of a row of an analysis with this field of its dimension; empty for the whole shop. */
  static SeriesKey of(JsonRow row, Optional<String> field) throws JsonRow.MalformedRowException {
    return new SeriesKey(
        field.isPresent() ? Optional.of(row.value(field.get())) : Optional.empty(),
        row.has("currency") ? Optional.of(row.text("currency")) : Optional.empty());
  }
}
