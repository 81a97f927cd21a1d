package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.transforms.formats.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Proposes the keys of fields that a record has once: id and customer. */
final class RecordFields {
  private static final double MIN_DISTINCT = 0.95;

  /** From this number on, distinct values of a field with any name can be ids. */
  private static final int MIN_IDS = 20;

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
    List<Field> named = complete(withRole(fields, FieldRole.ID, RecordFields::areIds));
    List<Field> ids = named.stream().filter(field -> isFlat || isDistinct(field)).toList();
    List<Field> otherIds =
        complete(fields).stream()
            .filter(field -> FieldNames.isNamedId(field.path()) && areIds(field.values()))
            .filter(field -> isDistinct(field) && !ids.contains(field))
            .toList();
    List<Field> partial =
        withRole(fields, FieldRole.ID, RecordFields::areIds).stream()
            .filter(field -> isDistinct(field) && !field.isInNearlyAll())
            .toList();
    List<Field> rivals = rivals(ids, FieldNames::isNamedIdOfTransaction);
    if (rivals.size() > 1) {
      leaveUndecided("id", rivals);
    } else if (!ids.isEmpty()) {
      setFirst(
          "id",
          Stream.of(rivals, ids, otherIds, partial).flatMap(List::stream).distinct().toList());
    } else if (otherIds.size() == 1) {
      setFirst("id", Stream.concat(otherIds.stream(), partial.stream()).toList());
    } else if (!otherIds.isEmpty()) {
      leaveUndecided("id", otherIds);
    } else {
      alternatives("id", Stream.of(named, partial, unnamedIds()).flatMap(List::stream).toList());
      file.set("id", "none", "");
      file.decide(
          "id: no field with the name of an id is distinct in nearly all records. With \"none\","
              + " duplicates cannot be dropped; set a path if there is one.");
    }
  }

  /** Returns fields without the name of an id whose values are distinct. */
  private List<Field> unnamedIds() {
    return complete(fields).stream()
        .filter(field -> !FieldRole.ID.accepts(field.path()) && areIds(field.values()))
        .filter(field -> field.values().count() >= MIN_IDS && isDistinct(field))
        .filter(field -> PlausibleTimes.notations(field.values()).isEmpty())
        .toList();
  }

  private static List<Field> complete(List<Field> fields) {
    return fields.stream().filter(Field::isInNearlyAll).toList();
  }

  private static boolean isDistinct(Field field) {
    return field.values().distinct() >= MIN_DISTINCT * field.values().count();
  }

  /** Proposes the customer, or lists the fields that can be it. */
  void proposeCustomer() {
    List<Field> customers =
        withRole(fields, FieldRole.CUSTOMER, RecordFields::areIds).stream()
            .filter(field -> !file.sets(field.path()))
            .toList();
    List<Field> rivals =
        rivals(
            customers.stream().filter(field -> 2 * field.present() >= field.of()).toList(),
            FieldNames::isNamedIdOfCustomer);
    if (rivals.size() > 1) {
      file.decide(
          "customer: %s. %s Without one, customers cannot be counted."
              .formatted(Comments.or(rivals), FormatFile.CHOOSE));
      alternatives("customer", rivals);
    } else if (!customers.isEmpty()) {
      setFirst("customer", customers);
    } else {
      alternatives(
          "customer",
          fields.stream()
              .filter(field -> FieldNames.isNamedPerson(field.path()) && areIds(field.values()))
              .filter(field -> !file.mentions(field.path()))
              .toList());
    }
  }

  /**
   * Returns the candidates that are as good as each other: those with a certain name and the fewest
   * objects around them, whose values differ.
   */
  private static List<Field> rivals(List<Field> candidates, Predicate<FieldPath> isCertain) {
    List<Field> certain =
        candidates.stream().filter(field -> isCertain.test(field.path())).toList();
    int depth = certain.stream().mapToInt(RecordFields::depth).min().orElse(0);
    List<Field> rivals = new ArrayList<>();
    for (Field field : certain) {
      boolean isOther =
          rivals.stream()
              .noneMatch(rival -> rival.values().counts().equals(field.values().counts()));
      if (depth(field) == depth && isOther) {
        rivals.add(field);
      }
    }
    return rivals;
  }

  private static int depth(Field field) {
    return field.path().names().size();
  }

  private void setFirst(String key, List<Field> candidates) {
    Field first = candidates.get(0);
    file.set(key, FormatFile.value(first.path()), Comments.withDistinct(first));
    alternatives(key, candidates.subList(1, candidates.size()));
  }

  private void alternatives(String key, List<Field> candidates) {
    candidates.stream()
        .limit(MAX_ALTERNATIVES)
        .forEach(
            field ->
                file.alternative(
                    key, FormatFile.value(field.path()), Comments.withDistinct(field)));
  }

  private void leaveUndecided(String key, List<Field> candidates) {
    file.decide("%s: %s. %s".formatted(key, Comments.or(candidates), FormatFile.CHOOSE));
    for (Field field : candidates) {
      file.alternative(
          key,
          FormatFile.value(field.path()),
          Comments.withDistinct(field),
          field.equals(candidates.get(0)));
    }
    file.leaveUndecided(key);
  }
}
