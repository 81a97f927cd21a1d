package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.pipelines.propose.ValueCounts.Value;
import fortnight.transforms.formats.TimeNotation;
import java.util.ArrayList;
import java.util.List;

/** Proposes the time of records, if exactly one field and one notation are plausible. */
final class TimeFields {
  private static final int MAX_ALTERNATIVES = 5;

  private final List<Field> fields;
  private final FormatFile file;

  TimeFields(RecordPaths paths, FormatFile file) {
    fields = paths.recordFields();
    this.file = file;
  }

  /** A field with the notations in which its values are times. */
  private record TimeField(Field field, List<TimeNotation> notations) {
    /** A number is a time only if the field's name says so. */
    boolean isLikely() {
      return !PlausibleTimes.isNumber(notations.get(0)) || FieldNames.isNamedTime(field.path());
    }

    String comment() {
      return Comments.of(field);
    }
  }

  /** A field that fewer records have is not the time of a record. */
  private static boolean isPlausible(TimeField time) {
    return time.isLikely() && 2 * time.field.present() >= time.field.of();
  }

  void propose() {
    List<TimeField> times = new ArrayList<>();
    List<TimeField> others = new ArrayList<>();
    for (Field field : fields) {
      List<TimeNotation> notations = PlausibleTimes.notations(field.values());
      if (!notations.isEmpty()) {
        TimeField time = new TimeField(field, notations);
        (isPlausible(time) ? times : others).add(time);
      }
    }
    if (times.size() == 1 && times.get(0).field.isInNearlyAll()) {
      set(times.get(0));
      others.stream()
          .filter(TimeField::isLikely)
          .limit(MAX_ALTERNATIVES)
          .forEach(time -> addAlternatives(time, false));
    } else {
      leaveUndecided(times.isEmpty() ? others : times);
    }
  }

  private void set(TimeField time) {
    file.set("time", FormatFile.value(time.field.path()), time.comment());
    if (time.notations.stream().noneMatch(PlausibleTimes::hasTimeOfDay)) {
      file.decide(
          "time: %s has no time of day, so that all records of a day are at its midnight. Use a field that has one, if there is one."
              .formatted(FormatFile.value(time.field.path())));
    }
    proposeNotation(time);
  }

  private void leaveUndecided(List<TimeField> candidates) {
    if (candidates.isEmpty()) {
      leaveUndecidedByName();
    } else {
      List<Field> times = candidates.stream().map(TimeField::field).toList();
      file.decide("time: %s. %s".formatted(Comments.or(times), FormatFile.CHOOSE));
      candidates.forEach(time -> addAlternatives(time, time.equals(candidates.get(0))));
    }
    file.leaveUndecided("time");
  }

  /** Lists the fields with the name of a time, if the notation of no field is known. */
  private void leaveUndecidedByName() {
    List<Field> named =
        fields.stream()
            .filter(field -> FieldNames.isNamedTime(field.path()))
            .filter(field -> !field.values().all(Value::isBoolean))
            .limit(MAX_ALTERNATIVES)
            .toList();
    file.decide(
        named.isEmpty()
            ? "time: no field of the records has times. Write the path of one after \"time:\"."
            : "time: no field has times in one notation; perhaps it is %s. Remove \"# \" before it, and set timeUnit or timePattern."
                .formatted(Comments.or(named)));
    named.forEach(
        field -> file.alternative("time", FormatFile.value(field.path()), Comments.of(field)));
  }

  /** Adds the lines of each notation, which are complete when they are no comments. */
  private void addAlternatives(TimeField time, boolean isFirst) {
    for (TimeNotation notation : time.notations) {
      boolean isFirstOfAll = isFirst && notation.equals(time.notations.get(0));
      file.alternative("time", FormatFile.value(time.field.path()), time.comment(), isFirstOfAll);
      if (!notation.equals(TimeNotation.ISO)) {
        file.alternative(
            notationKey(notation),
            notationValue(notation),
            meaning(notation, time.field.values().example()),
            isFirstOfAll);
      }
    }
  }

  private void proposeNotation(TimeField time) {
    Value example = time.field.values().example();
    List<TimeNotation> notations = time.notations;
    if (notations.size() > 1) {
      String key = notationKey(notations.get(0));
      file.decide(
          "%s: %s fit all values. Remove \"# \" before one of them."
              .formatted(
                  key,
                  String.join(
                      " and ", notations.stream().map(TimeFields::notationValue).toList())));
      for (TimeNotation notation : notations) {
        file.alternative(
            key,
            notationValue(notation),
            meaning(notation, example),
            notation.equals(notations.get(0)));
      }
      file.leaveUndecided(key);
    } else if (!notations.get(0).equals(TimeNotation.ISO)) {
      file.set(
          notationKey(notations.get(0)),
          notationValue(notations.get(0)),
          meaning(notations.get(0), example));
    }
  }

  private static String meaning(TimeNotation notation, Value value) {
    return PlausibleTimes.time(notation, value).map(time -> value + " is " + time).orElse("");
  }

  private static String notationKey(TimeNotation notation) {
    return notation.unit() == null ? "timePattern" : "timeUnit";
  }

  private static String notationValue(TimeNotation notation) {
    return notation.unit() == null ? "'" + notation.pattern() + "'" : notation.unitName();
  }
}
