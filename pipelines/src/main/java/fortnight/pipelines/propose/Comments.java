package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.pipelines.propose.ValueCounts.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The comments of a format file: examples and counts. */
final class Comments {
  private static final int MAX_VALUES = 5;

  private Comments() {}

  /** Returns an example of a field's values, and how often the field has one. */
  static String of(Field field) {
    return "%s, in %s of %s %s"
        .formatted(
            field.values().example(),
            count(field.present()),
            count(field.of()),
            field.path().isInLineItem() ? "line items" : "records");
  }

  /** Returns the same, with the number of distinct values. */
  static String withDistinct(Field field) {
    return of(field) + ", " + count(field.values().distinct()) + " distinct";
  }

  /** Returns all values with their counts. */
  static String values(Field field) {
    Map<Value, Integer> counts = field.values().counts();
    String values =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Value, Integer>comparingByValue().reversed())
            .map(value -> value.getKey() + " " + count(value.getValue()))
            .collect(Collectors.joining(", "));
    int missing = field.of() - field.values().count();
    return missing == 0 ? values : values + ", null or missing " + count(missing);
  }

  /** Returns the most frequent values with their counts. */
  static String frequentValues(Field field) {
    Map<Value, Integer> counts = field.values().counts();
    String values =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Value, Integer>comparingByValue().reversed())
            .limit(MAX_VALUES)
            .map(value -> value.getKey() + " " + count(value.getValue()))
            .collect(Collectors.joining(", "));
    return counts.size() > MAX_VALUES
        ? values + ", and " + (counts.size() - MAX_VALUES) + " more"
        : values;
  }

  /** Returns paths as a list in a sentence. */
  static String or(List<Field> fields) {
    List<String> paths = fields.stream().map(field -> FormatFile.value(field.path())).toList();
    int last = paths.size() - 1;
    return last == 0
        ? paths.get(0)
        : String.join(", ", paths.subList(0, last)) + " or " + paths.get(last);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
