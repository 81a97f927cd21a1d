package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.pipelines.propose.ValueCounts.Value;
import fortnight.transforms.formats.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists conditions on fields that have few values, as comments; never chooses one. */
final class ConditionFields {
  private static final int MAX_VALUES = 10;
  private static final int MAX_CONDITIONS = 10;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

  private final FormatFile file;

  ConditionFields(FormatFile file) {
    this.file = file;
  }

  /** Adds the conditions, each with all values of its field. */
  void propose(List<Field> fields) {
    List<Field> candidates =
        new ArrayList<>(RecordFields.withRole(fields, FieldRole.CONDITION, values -> true));
    fields.stream()
        .filter(field -> field.values().all(Value::isBoolean) && field.isInNearlyAll())
        .filter(field -> !candidates.contains(field))
        .forEach(candidates::add);
    candidates.removeIf(field -> !hasFewValues(field));
    if (candidates.isEmpty()) {
      return;
    }
    file.beginNote();
    file.note("All records count. To count only some, use a condition without the other values:");
    candidates.stream()
        .limit(MAX_CONDITIONS)
        .forEach(field -> file.note(condition(field) + "  # " + Comments.values(field)));
  }

  private static boolean hasFewValues(Field field) {
    int values = field.values().distinct() + (hasMissing(field) ? 1 : 0);
    return values > 1
        && values <= MAX_VALUES
        && field.values().counts().keySet().stream().allMatch(Value::isShownInFull);
  }

  private static boolean hasMissing(Field field) {
    return field.values().count() < field.of();
  }

  private static String condition(Field field) {
    List<String> values =
        field.values().counts().keySet().stream()
            .map(Value::toString)
            .collect(Collectors.toCollection(ArrayList::new));
    if (hasMissing(field)) {
      values.add("null");
    }
    return "where: " + FormatFile.text(path(field.path()) + " in " + values);
  }

  /** Returns a path in which all names with spaces and other special characters are quoted. */
  private static String path(FieldPath path) {
    return path.names().stream().allMatch(name -> WORD.matcher(name).matches())
        ? FormatFile.value(path)
        : "$."
            + path.names().stream().map(name -> "'" + name + "'").collect(Collectors.joining("."));
  }
}
