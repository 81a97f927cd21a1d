package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.pipelines.propose.RecordPaths.ObjectArray;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Proposes the keys of line items: item, and what {@link QuantityFields} and money need. */
final class LineItemFields {
  private static final int MAX_ALTERNATIVES = 5;

  /** From this number on, values that are all distinct are ids of lines rather than of products. */
  private static final int MIN_LINE_IDS = 20;

  private final RecordPaths paths;
  private final FormatFile file;

  LineItemFields(RecordPaths paths, FormatFile file) {
    this.paths = paths;
    this.file = file;
  }

  /**
   * Fields that can be the keys of line items.
   *
   * @param all the fields of the line item
   */
  private record Candidates(List<Field> items, List<Field> quantities, List<Field> all) {
    static Candidates of(List<Field> fields) {
      return new Candidates(
          RecordFields.withRole(fields, FieldRole.ITEM, RecordFields::areIds).stream()
              .filter(Field::isInNearlyAll)
              .sorted(Comparator.comparing(Candidates::isLineId))
              .toList(),
          QuantityFields.named(fields).stream().filter(Field::isInNearlyAll).toList(),
          fields);
    }

    private static boolean isLineId(Field field) {
      int count = field.values().count();
      return count >= MIN_LINE_IDS && field.values().distinct() == count;
    }

    boolean isComplete() {
      return !items.isEmpty() && !quantities.isEmpty();
    }
  }

  /** Returns whether the records contain line items, or are line items. */
  boolean isPresent() {
    return !arrays(0).isEmpty() || !unquantified().isEmpty() || !flatItem().items.isEmpty();
  }

  /** Proposes the keys; returns whether each record is one line item. */
  boolean propose() {
    List<Candidates> usual = arrays(paths.records() / 2);
    List<Candidates> rare = usual.isEmpty() ? arrays(0) : List.of();
    List<Candidates> unquantified = unquantified();
    Candidates flat = flatItem();
    if (usual.size() == 1) {
      set(usual.get(0));
    } else if (!usual.isEmpty()) {
      undecided(usual, "several arrays can be the line items");
    } else if (!rare.isEmpty()) {
      undecided(rare, "only some records have an array that can be the line items");
    } else if (unquantified.size() == 1) {
      set(unquantified.get(0));
    } else if (!flat.items.isEmpty()) {
      set(flat);
      return true;
    } else {
      setConstant();
    }
    return false;
  }

  /** Returns the arrays that more than this number of records have, and that can be line items. */
  private List<Candidates> arrays(int records) {
    return paths.arrays().stream()
        .filter(array -> array.records() > records)
        .map(array -> Candidates.of(array.fields()))
        .filter(Candidates::isComplete)
        .toList();
  }

  /**
   * Returns the arrays that most records have, and whose objects name a product but no quantity.
   */
  private List<Candidates> unquantified() {
    return paths.arrays().stream()
        .filter(array -> array.records() > paths.records() / 2)
        .map(array -> Candidates.of(withoutGenericNames(array.fields())))
        .filter(candidates -> !candidates.items.isEmpty())
        .toList();
  }

  private static List<Field> withoutGenericNames(List<Field> fields) {
    return fields.stream()
        .filter(
            field -> !FieldRole.ID.accepts(field.path()) && !FieldNames.isNameOnly(field.path()))
        .toList();
  }

  /** An id or a name of a record is not one of an item. */
  private Candidates flatItem() {
    return Candidates.of(withoutGenericNames(paths.recordFields()));
  }

  private void set(Candidates candidates) {
    setItem(candidates.items);
    List<Field> others =
        candidates.all.stream().filter(field -> !field.equals(candidates.items.get(0))).toList();
    new QuantityFields(file).propose(others);
    new MoneyFields(file).propose(others, paths.recordFields());
  }

  private void setItem(List<Field> fields) {
    Field first = fields.get(0);
    file.set("item", FormatFile.value(first.path()), Comments.of(first));
    fields.stream()
        .skip(1)
        .limit(MAX_ALTERNATIVES)
        .forEach(
            field -> file.alternative("item", FormatFile.value(field.path()), Comments.of(field)));
  }

  private void undecided(List<Candidates> arrays, String reason) {
    file.decide(
        "item, quantity: %s: %s. %s"
            .formatted(
                reason,
                arrays.stream().map(LineItemFields::array).collect(Collectors.joining(", ")),
                FormatFile.CHOOSE));
    for (Candidates array : arrays) {
      boolean isFirst = array.equals(arrays.get(0));
      Field item = array.items.get(0);
      file.alternative("item", FormatFile.value(item.path()), Comments.of(item), isFirst);
      QuantityFields.alternative(file, array.quantities.get(0), isFirst);
    }
    file.leaveUndecided("item");
    file.leaveUndecided("quantity");
  }

  private static String array(Candidates candidates) {
    String item = FormatFile.value(candidates.items.get(0).path());
    return item.substring(0, item.indexOf("[]") + 2);
  }

  private void setConstant() {
    String arrays =
        paths.arrays().stream()
            .map(ObjectArray::fields)
            .filter(fields -> !fields.isEmpty())
            .map(fields -> Candidates.of(fields))
            .flatMap(candidates -> candidates.all.stream().limit(MAX_ALTERNATIVES))
            .map(field -> FormatFile.value(field.path()))
            .limit(2 * MAX_ALTERNATIVES)
            .collect(Collectors.joining(", "));
    file.set("item", "\"all\"", "a constant");
    file.decide(
        "item: no field has the name of a product. \"all\" gives the volumes of the shop alone; use"
            + " a path for volumes of products"
            + (arrays.isEmpty() ? "." : ", such as one of " + arrays + "."));
    new QuantityFields(file).proposeForConstantItem(paths.recordFields());
    new MoneyFields(file).propose(paths.recordFields(), paths.recordFields());
  }
}
