package fortnight.pipelines.propose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of the records of a sample, and the values at each. Paths lead through objects and at
 * most one array; values in arrays of arrays are ignored.
 */
final class RecordPaths {
  private final JsonFactory json = new JsonFactory();
  private final Map<FieldPath, ValueCounts> fields = new LinkedHashMap<>();
  private final Map<List<String>, ArrayCounts> arrays = new LinkedHashMap<>();
  private int records;

  /**
   * A field and its values.
   *
   * @param of the number of records, or of line items, that could have the field
   */
  record Field(FieldPath path, ValueCounts values, int of) {
    /** Returns the number of them that have a value. */
    int present() {
      return path.isInLineItem() ? values.count() : values.records();
    }

    boolean isInNearlyAll() {
      return present() >= 0.9 * of;
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
      if (value == JsonToken.START_OBJECT) {
        addObject(parser, path, itemDepth);
      } else if (value == JsonToken.START_ARRAY && itemDepth == 0) {
        addArray(parser, path);
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        fields
            .computeIfAbsent(new FieldPath(path, itemDepth), added -> new ValueCounts())
            .add(parser, records);
      }
    }
  }

  private void addArray(JsonParser parser, List<String> names) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
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
    return arrays.entrySet().stream()
        .map(
            array ->
                new ObjectArray(
                    array.getKey(),
                    array.getValue().records,
                    array.getValue().objects,
                    itemFields(array.getKey(), array.getValue().objects)))
        .toList();
  }

  private List<Field> itemFields(List<String> names, int objects) {
    return fields.entrySet().stream()
        .filter(
            field ->
                field.getKey().isInLineItem()
                    && field.getKey().lineItems().equals(names)
                    && isUsable(field))
        .map(field -> new Field(field.getKey(), field.getValue(), objects))
        .toList();
  }

  private static boolean isUsable(Map.Entry<FieldPath, ValueCounts> field) {
    return !field.getValue().isEmpty() && FormatFile.isWritable(field.getKey());
  }
}
