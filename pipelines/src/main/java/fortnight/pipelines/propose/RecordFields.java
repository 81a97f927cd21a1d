package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Proposes the keys of fields that a record has once: id, customer, and conditions. */
final class RecordFields {
  private static final double MIN_DISTINCT = 0.95;
  private static final int MAX_CONDITION_VALUES = 10;
  private static final int MAX_ALTERNATIVES = 5;

  private final List<Field> fields;
  private final FormatFile file;

  RecordFields(RecordPaths paths, FormatFile file) {
    fields = paths.recordFields();
    this.file = file;
  }

  /** Returns the fields with a role by name whose values have a property, the best one first. */
  static List<Field> withRole(List<Field> fields, FieldRole role, Predicate<ValueCounts> values) {
    return fields.stream()
        .filter(field -> role.accepts(field.path()) && values.test(field.values()))
        .sorted(Comparator.comparingInt(field -> role.rank(field.path())))
        .toList();
  }

  /** Returns whether values can be ids. */
  static boolean areIds(ValueCounts values) {
    return values.nearlyAll(
        value ->
            value.isString()
                || (!value.isBoolean()
                    && value.text().chars().noneMatch(c -> ".eE".indexOf(c) >= 0)));
  }

  /**
   * Proposes the id.
   *
   * @param isFlat whether each record is one line item, so that an id can occur several times
   */
  void proposeId(boolean isFlat) {
    List<Field> named =
        withRole(fields, FieldRole.ID, RecordFields::areIds).stream()
            .filter(Field::isInNearlyAll)
            .toList();
    List<Field> ids = named.stream().filter(field -> isFlat || isDistinct(field)).toList();
    if (!ids.isEmpty()) {
      setFirst("id", ids);
      return;
    }
    List<Field> others =
        fields.stream()
            .filter(field -> FieldRole.isNamedId(field.path()) && areIds(field.values()))
            .filter(field -> field.isInNearlyAll() && isDistinct(field))
            .toList();
    if (others.size() == 1) {
      setFirst("id", others);
    } else if (others.size() > 1) {
      undecided("id", others);
    } else {
      named.forEach(
          field ->
              file.alternative("id", FormatFile.value(field.path()), Comments.withDistinct(field)));
      file.set("id", "none", "");
      file.decide(
          "id: no field with the name of an id is distinct in nearly all records. With \"none\","
              + " duplicates cannot be dropped; set a path if there is one.");
    }
  }

  private static boolean isDistinct(Field field) {
    return field.values().distinct() >= MIN_DISTINCT * field.values().count();
  }

  void proposeCustomer() {
    List<Field> customers = withRole(fields, FieldRole.CUSTOMER, RecordFields::areIds);
    if (!customers.isEmpty()) {
      setFirst("customer", customers);
    }
  }

  private void setFirst(String key, List<Field> candidates) {
    Field first = candidates.get(0);
    file.set(key, FormatFile.value(first.path()), Comments.withDistinct(first));
    candidates.stream()
        .skip(1)
        .limit(MAX_ALTERNATIVES)
        .forEach(
            field ->
                file.alternative(
                    key, FormatFile.value(field.path()), Comments.withDistinct(field)));
  }

  private void undecided(String key, List<Field> candidates) {
    file.decide(
        "%s: %s. Write one of them after \"%s:\".".formatted(key, Comments.or(candidates), key));
    for (Field field : candidates) {
      String value = FormatFile.value(field.path());
      if (field.equals(candidates.get(0))) {
        file.firstAlternative(key, value, Comments.withDistinct(field));
      } else {
        file.alternative(key, value, Comments.withDistinct(field));
      }
    }
    file.leaveUndecided(key);
  }

  /** Adds the fields that conditions could use, as comments. */
  void noteConditions() {
    List<Field> candidates =
        withRole(fields, FieldRole.CONDITION, values -> true).stream()
            .filter(RecordFields::hasFewValues)
            .toList();
    if (!candidates.isEmpty()) {
      file.beginNote();
      file.note("All records count. Fields that a condition (where) could compare:");
      candidates.forEach(
          field ->
              file.note("  " + FormatFile.value(field.path()) + ": " + Comments.values(field)));
    }
  }

  private static boolean hasFewValues(Field field) {
    int values = field.values().distinct() + (field.values().count() < field.of() ? 1 : 0);
    return values > 1 && values <= MAX_CONDITION_VALUES;
  }
}
