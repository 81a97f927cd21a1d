package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.RecordFormat;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists fields that have few values, and therefore can be dimensions, as comments. */
final class DimensionFields {
  private static final int MAX_VALUES = 20;

  /** How often a value of a dimension occurs on average. */
  private static final int MIN_FREQUENCY = 3;

  private static final int MAX_DIMENSIONS = 5;
  private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^[^a-z]+|_+$");

  /** An id in a record, such as that of a line item. */
  private static final String LINE_ID = "uid";

  private final FormatFile file;

  DimensionFields(FormatFile file) {
    this.file = file;
  }

  /** Adds the fields of the record, and those of the line items that the file uses. */
  void propose(RecordPaths paths) {
    List<Field> candidates = new ArrayList<>(paths.recordFields());
    paths.arrays().stream()
        .map(RecordPaths.ObjectArray::fields)
        .filter(fields -> fields.stream().anyMatch(field -> file.sets(field.path())))
        .forEach(candidates::addAll);
    Set<String> names = new HashSet<>();
    candidates.stream()
        .filter(this::isDimension)
        .limit(MAX_DIMENSIONS)
        .forEach(
            field ->
                file.alternative(
                    "by." + name(field.path(), names),
                    FormatFile.value(field.path()),
                    Comments.frequentValues(field)));
  }

  private boolean isDimension(Field field) {
    ValueCounts values = field.values();
    boolean hasFewValues =
        values.distinct() > 1
            && values.distinct() <= MAX_VALUES
            && values.count() >= MIN_FREQUENCY * values.distinct();
    boolean isText = values.all(ValueCounts.Value::isString) && !Decimals.areDecimals(values);
    return hasFewValues
        && field.isInNearlyAll()
        && (isText || FieldNames.isNamedId(field.path()))
        && values.all(ValueCounts.Value::isShownInFull)
        && !file.mentions(field.path())
        && !FieldNames.isNamedPerson(field.path())
        && !FieldNames.of(field.path()).equals(LINE_ID)
        && PlausibleTimes.notations(values).isEmpty();
  }

  /** Returns a valid name of a dimension that is not among those used, and adds it. */
  private static String name(FieldPath path, Set<String> used) {
    String ascii = Normalizer.normalize(FieldNames.of(path), Normalizer.Form.NFD);
    String plain = OTHER_CHARACTERS.matcher(ascii.replaceAll("\\p{M}", "")).replaceAll("_");
    String stripped = EDGES.matcher(plain).replaceAll("");
    String base = stripped.isEmpty() ? "dimension" : stripped;
    String name = base;
    int number = 2;
    while (!isValid(name) || !used.add(name)) {
      name = base + "_" + number;
      number++;
    }
    return name;
  }

  /** Some names are reserved, because rows have other fields with them. */
  private static boolean isValid(String name) {
    try {
      RecordFormat.parse("id=none,time=time,item=\"all\",by." + name + "=field");
      return true;
    } catch (InvalidFormatException e) {
      return false;
    }
  }
}
