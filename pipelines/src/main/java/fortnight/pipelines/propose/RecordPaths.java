package fortnight.pipelines.propose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of the records of a sample, and the values at each. Paths lead through objects and at
 * most one array; values in arrays of arrays are ignored. So are paths of more than {@link
 * #MAX_NAMES} names, and further paths after {@link #MAX_PATHS}.
 */
final class RecordPaths {
  /** The maximum number of paths of fields, and of arrays. */
  static final int MAX_PATHS = 10_000;

  /** From this number of values on, further records are not needed. */
  private static final int ENOUGH_VALUES = 1_000_000;

  private static final int MAX_NAMES = 50;

  private final JsonFactory json =
      JsonFactory.builder()
          // Field names are untrusted: do not intern them, and do not fail on hash collisions.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();
  private final Map<FieldPath, ValueCounts> fields = new LinkedHashMap<>();
  private final Map<List<String>, ArrayCounts> arrays = new LinkedHashMap<>();
  private int records;
  private int values;
  private boolean hasFurtherPaths;

  /**
   * A field and its values.
   *
   * @param of the number of records, or of line items, that could have the field
   */
  record Field(FieldPath path, ValueCounts values, int of) {
    /** Low enough for a small sample with a record that is not like the others. */
    private static final double NEARLY_ALL = 0.8;

    /** Returns the number of them that have a value. */
    int present() {
      return path.isInLineItem() ? values.count() : values.records();
    }

    boolean isInNearlyAll() {
      return present() >= NEARLY_ALL * of;
    }
  }

  /**
   * An array of objects.
   *
   * @param records the number of records in which it has an object
   * @param objects the number of objects in it, of all records
   */
  record ObjectArray(List<String> names, int records, int objects, List<Field> fields) {}

  private static final class ArrayCounts {
    private int records;
    private int objects;
    private int lastRecord = -1;
  }

  /**
   * Adds a record.
   *
   * @throws IOException if it is not one JSON object
   */
  void add(Payload record) throws IOException {
    check(record);
    try (JsonParser parser = parser(record)) {
      parser.nextToken();
      addObject(parser, List.of(), 0);
      records++;
    }
  }

  /**
   * Adds a row of CSV; an empty field is null.
   *
   * @param names the names of the columns; those that are not distinct are ignored
   * @param row as many fields
   */
  void add(List<String> names, List<String> row) {
    for (int i = 0; i < names.size(); i++) {
      FieldPath path = new FieldPath(List.of(names.get(i)), 0);
      boolean isDistinct = Collections.frequency(names, names.get(i)) == 1;
      if (isDistinct && canAdd(fields, path)) {
        ValueCounts counts = fields.computeIfAbsent(path, added -> new ValueCounts());
        if (!row.get(i).isEmpty()) {
          counts.add(ValueCounts.Value.ofString(row.get(i)), records);
          values++;
        }
      }
    }
    records++;
  }

  /** Reads the whole record, so that nothing of a malformed one is added. */
  private void check(Payload record) throws IOException {
    try (JsonParser parser = parser(record)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new IOException(
            first == JsonToken.START_ARRAY ? "an array, not an object" : "not an object");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
    }
  }

  /** Reads from a stream, so that Jackson skips a byte-order mark and decodes any UTF. */
  private JsonParser parser(Payload record) throws IOException {
    return json.createParser(
        new ByteArrayInputStream(record.array(), record.from(), record.length()));
  }

  private void addObject(JsonParser parser, List<String> names, int itemDepth) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      List<String> path = new ArrayList<>(names);
      path.add(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        addValue(parser, new FieldPath(path, itemDepth));
      } else if (value == JsonToken.START_OBJECT && path.size() < MAX_NAMES) {
        addObject(parser, path, itemDepth);
      } else if (value == JsonToken.START_ARRAY && itemDepth == 0 && path.size() < MAX_NAMES) {
        addArray(parser, path);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void addValue(JsonParser parser, FieldPath path) throws IOException {
    if (canAdd(fields, path)) {
      fields.computeIfAbsent(path, added -> new ValueCounts()).add(parser, records);
      values++;
    }
  }

  private <K> boolean canAdd(Map<K, ?> paths, K path) {
    boolean canAdd = paths.size() < MAX_PATHS || paths.containsKey(path);
    hasFurtherPaths |= !canAdd;
    return canAdd;
  }

  private void addArray(JsonParser parser, List<String> names) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT && canAdd(arrays, names)) {
        ArrayCounts array = arrays.computeIfAbsent(names, added -> new ArrayCounts());
        array.objects++;
        if (array.lastRecord != records) {
          array.lastRecord = records;
          array.records++;
        }
        addObject(parser, names, names.size());
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Returns the number of records. */
  int records() {
    return records;
  }

  /** Returns whether further records are not needed. */
  boolean hasEnoughValues() {
    return values >= ENOUGH_VALUES;
  }

  /** Returns whether paths were ignored, because there were too many. */
  boolean hasFurtherPaths() {
    return hasFurtherPaths;
  }

  boolean contains(FieldPath path) {
    return fields.containsKey(path);
  }

  /** Returns the fields of records that are not in an array, in the order of the first record. */
  List<Field> recordFields() {
    return fields.entrySet().stream()
        .filter(field -> !field.getKey().isInLineItem() && isUsable(field))
        .map(field -> new Field(field.getKey(), field.getValue(), records))
        .toList();
  }

  List<ObjectArray> arrays() {
    Map<List<String>, List<Field>> itemFields = new HashMap<>();
    for (Map.Entry<FieldPath, ValueCounts> field : fields.entrySet()) {
      if (field.getKey().isInLineItem() && isUsable(field)) {
        List<String> array = field.getKey().lineItems();
        itemFields
            .computeIfAbsent(array, added -> new ArrayList<>())
            .add(new Field(field.getKey(), field.getValue(), arrays.get(array).objects));
      }
    }
    return arrays.entrySet().stream()
        .map(
            array ->
                new ObjectArray(
                    array.getKey(),
                    array.getValue().records,
                    array.getValue().objects,
                    itemFields.getOrDefault(array.getKey(), List.of())))
        .toList();
  }

  private static boolean isUsable(Map.Entry<FieldPath, ValueCounts> field) {
    return !field.getValue().isEmpty() && FormatFile.isWritable(field.getKey());
  }
}
