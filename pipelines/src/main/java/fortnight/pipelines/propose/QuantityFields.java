package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Proposes the quantity of line items, if exactly one field has the name of one. */
final class QuantityFields {
  private static final String DECIMALS = "quantityDecimals";
  private static final String ONE = "\"1\"";
  private static final int MAX_DECIMALS = 9;
  private static final int MAX_ALTERNATIVES = 5;

  /** From this number on, integers that are all distinct are ids. */
  private static final int MIN_IDS = 20;

  private final FormatFile file;

  QuantityFields(FormatFile file) {
    this.file = file;
  }

  /** Returns the fields with the name of a quantity, the best one first. */
  static List<Field> named(List<Field> line) {
    return RecordFields.withRole(line, FieldRole.QUANTITY, Decimals::areDecimals);
  }

  /** Returns the numbers with another name that can be a quantity. */
  static List<Field> numbers(List<Field> line) {
    return line.stream()
        .filter(field -> Decimals.areDecimals(field.values()) && field.isInNearlyAll())
        .filter(
            field ->
                !FieldRole.QUANTITY.accepts(field.path())
                    && !FieldRole.ID.accepts(field.path())
                    && !FieldRole.CUSTOMER.accepts(field.path())
                    && !FieldRole.ITEM.accepts(field.path())
                    && !FieldNames.isNamedOtherNumber(field.path())
                    && !FieldNames.isNamedMoney(field.path()))
        .filter(Predicate.not(QuantityFields::isId))
        .toList();
  }

  private static boolean isId(Field field) {
    return Decimals.areIntegers(field.values())
        && field.values().count() >= MIN_IDS
        && field.values().distinct() == field.values().count();
  }

  /** Proposes the quantity of line items that have a product. */
  void propose(List<Field> line) {
    List<Field> named = named(line);
    List<Field> complete = different(named.stream().filter(Field::isInNearlyAll).toList());
    List<Field> numbers = numbers(line);
    if (complete.size() == 1) {
      set(complete.get(0));
    } else if (!complete.isEmpty()) {
      leaveUndecided(
          "quantity: %s. %s".formatted(Comments.or(complete), FormatFile.CHOOSE), complete);
    } else if (!named.isEmpty()) {
      leaveUndecided(
          "quantity: %s is not in all line items. Remove \"# \" before it to reject the others, or before \"1\" to count units of 1."
              .formatted(FormatFile.value(named.get(0).path())),
          named.subList(0, 1));
    } else if (!numbers.isEmpty()) {
      leaveUndecided(
          "quantity: no field has the name of a quantity; perhaps it is %s. Remove \"# \" before its lines, or before \"1\" to count units of 1."
              .formatted(Comments.or(shown(numbers))),
          numbers);
    } else {
      file.alternative("quantity", ONE, "no field; each line item is one unit");
    }
  }

  /** Proposes the quantity of records without a product, which are one unit by default. */
  void proposeForConstantItem(List<Field> record) {
    List<Field> named = named(record).stream().filter(Field::isInNearlyAll).toList();
    List<Field> numbers = numbers(record).stream().filter(QuantityFields::isAtRoot).toList();
    if (named.size() == 1) {
      set(named.get(0));
      return;
    }
    List<Field> candidates = named.isEmpty() ? numbers : named;
    if (!candidates.isEmpty()) {
      file.decide(
          "quantity: each record is one unit. If %s is the quantity, remove \"# \" before its lines."
              .formatted(Comments.or(shown(candidates))));
      alternatives(candidates, false);
    }
  }

  private static boolean isAtRoot(Field field) {
    return field.path().names().size() == 1;
  }

  /** Returns the fields without those that have the same values as one before. */
  private static List<Field> different(List<Field> fields) {
    List<Field> different = new ArrayList<>();
    for (Field field : fields) {
      if (different.stream()
          .noneMatch(other -> other.values().counts().equals(field.values().counts()))) {
        different.add(field);
      }
    }
    return different;
  }

  private void set(Field quantity) {
    file.set("quantity", FormatFile.value(quantity.path()), Comments.of(quantity));
    int decimals = Decimals.scale(quantity.values());
    if (decimals > MAX_DECIMALS) {
      file.decide(
          "quantityDecimals: quantities have up to %d decimals. Those with more than 9 are rejected."
              .formatted(decimals));
    }
    if (decimals > 0) {
      file.set(DECIMALS, decimals(quantity), "the largest number of decimals");
    }
  }

  private void leaveUndecided(String decision, List<Field> candidates) {
    file.decide(decision);
    alternatives(candidates, true);
    file.alternative("quantity", ONE, "each line item is one unit");
    file.leaveUndecided("quantity");
  }

  private void alternatives(List<Field> candidates, boolean isFirstUsed) {
    for (Field field : shown(candidates)) {
      alternative(file, field, isFirstUsed && field.equals(candidates.get(0)));
    }
  }

  private static List<Field> shown(List<Field> candidates) {
    return candidates.subList(0, Math.min(MAX_ALTERNATIVES, candidates.size()));
  }

  /** Adds the lines of a quantity as comments. */
  static void alternative(FormatFile file, Field field, boolean isFirst) {
    file.alternative("quantity", FormatFile.value(field.path()), Comments.of(field), isFirst);
    if (Decimals.scale(field.values()) > 0) {
      file.alternative(DECIMALS, decimals(field), "", isFirst);
    }
  }

  private static String decimals(Field field) {
    return Integer.toString(Math.min(MAX_DECIMALS, Decimals.scale(field.values())));
  }
}
