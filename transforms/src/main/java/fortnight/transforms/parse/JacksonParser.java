package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.MISSING_FIELD;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.Condition;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.formats.Scalar;
import fortnight.transforms.parse.FieldTree.Node;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Parses the JSON of one record token by token. Continues after a fault, since malformed JSON takes
 * precedence over other faults, and so do the conditions of the format.
 */
final class JacksonParser {
  /** The largest quantity: all JSON parsers represent it exactly (RFC 8259, section 6). */
  private static final long MAX_QUANTITY = (1L << 53) - 1;

  private static final int MAX_QUANTITY_LENGTH = 17;

  /** Maximum number of digits of an id written with a fraction or exponent. */
  private static final int MAX_ID_DIGITS = 1_000;

  private static final int NOT_IN_LINE_ITEM = -1;

  private final JsonParser json;
  private final RecordFormat format;
  private final FieldTree tree;
  private final TimestampParser timestamps;

  private @Nullable Rejection fault;
  private int lineItem = NOT_IN_LINE_ITEM;

  private @Nullable Id id;
  private @Nullable Id customer;
  private @Nullable Instant timestamp;
  private @Nullable List<LineItem> lineItems;
  private final Scalar[] conditionValues;
  private final Envelope envelope = new Envelope();

  private @Nullable Id item;
  private boolean hasItem;
  private long quantity;
  private boolean hasQuantity;

  JacksonParser(JsonParser json, RecordFormat format, FieldTree tree, TimestampParser timestamps) {
    this.json = json;
    this.format = format;
    this.tree = tree;
    this.timestamps = timestamps;
    this.conditionValues = new Scalar[format.conditions().size()];
    Arrays.fill(conditionValues, Scalar.NULL);
  }

  ParsedRecord parse() throws IOException, Rejection {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Rejection(
          MALFORMED_JSON, "record: " + currentValue() + " is not a JSON object" + stringAdvice());
    }
    clearLineItem();
    object(tree.root());
    if (json.nextToken() != null) {
      throw new Rejection(MALFORMED_JSON, "record: more follows after the JSON object");
    }
    if (!meetsConditions()) {
      return ParsedRecord.excluded(timestamp);
    }
    if (fault != null) {
      throw fault;
    }
    if (id == null && tree.id != FieldTree.NO_SLOT) {
      throw missing(format.id().names());
    }
    if (timestamp == null) {
      throw missing(format.time().names());
    }
    if (tree.hasLineItems()) {
      if (lineItems == null) {
        throw missing(format.lineItems());
      }
    } else {
      lineItems = List.of(lineItem());
      if (fault != null) {
        throw fault;
      }
    }
    Id known = id == null ? RecordFormat.NO_ID : id;
    return ParsedRecord.of(new Transaction(known, customer, timestamp, lineItems));
  }

  private boolean meetsConditions() {
    List<Condition> conditions = format.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(conditionValues[i])) {
        return false;
      }
    }
    return true;
  }

  /** Parses the fields of the current object. */
  private void object(Node node) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      Node child = node.child(name);
      if (child == null) {
        if (node == tree.root()) {
          envelope.add(name);
        }
        json.skipChildren();
        continue;
      }
      switch (child.kind()) {
        case VALUE -> value(child);
        case LINE_ITEMS -> lineItems = lineItems(child);
        case OBJECT -> {
          clear(child);
          if (value == JsonToken.START_OBJECT) {
            object(child);
          } else if (value != JsonToken.VALUE_NULL && child.isForTransaction()) {
            addFault(MALFORMED_JSON, child.path(), "is not an object");
          } else {
            json.skipChildren();
          }
        }
      }
    }
  }

  /** Forgets the values below a node, because the last of repeated fields counts. */
  private void clear(Node node) {
    for (Node child : node.children()) {
      if (child.kind() == FieldTree.Kind.LINE_ITEMS) {
        lineItems = null;
      } else if (child.kind() == FieldTree.Kind.OBJECT) {
        clear(child);
      } else if (lineItem == NOT_IN_LINE_ITEM) {
        clearRecordValue(child.slot());
      } else {
        clearItemValue(child.slot());
      }
    }
  }

  private void clearRecordValue(int slot) {
    id = slot == tree.id ? null : id;
    customer = slot == tree.customer ? null : customer;
    timestamp = slot == tree.time ? null : timestamp;
    for (int i = 0; i < conditionValues.length; i++) {
      conditionValues[i] = slot == tree.condition(i) ? Scalar.NULL : conditionValues[i];
    }
    if (!tree.hasLineItems()) {
      clearItemValue(slot);
    }
  }

  private void clearItemValue(int slot) {
    hasItem &= slot != tree.item;
    hasQuantity &= slot != tree.quantity;
  }

  /** Parses the current value for all fields of the format that use it. */
  private void value(Node node) throws IOException {
    int slot = node.slot();
    if (lineItem == NOT_IN_LINE_ITEM) {
      for (int i = 0; i < conditionValues.length; i++) {
        if (slot == tree.condition(i)) {
          conditionValues[i] = Scalar.of(json);
        }
      }
      if (slot == tree.id) {
        id = id(node);
      }
      if (slot == tree.customer) {
        customer = json.currentToken() == JsonToken.VALUE_NULL ? null : id(node);
      }
      if (slot == tree.time) {
        timestamp = timestamp(node);
      }
    }
    if (lineItem != NOT_IN_LINE_ITEM || !tree.hasLineItems()) {
      if (slot == tree.item) {
        item = id(node);
        hasItem = true;
      }
      if (slot == tree.quantity) {
        quantity = quantity(node);
        hasQuantity = true;
      }
    }
    json.skipChildren();
  }

  private @Nullable Id id(Node node) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> Id.ofInteger(json.getText());
      case VALUE_NUMBER_FLOAT -> idFromDecimal(node);
      case VALUE_STRING -> id(node, json.getText());
      default -> {
        addFault(BAD_ID, node.path(), "is neither a string nor an integer");
        yield null;
      }
    };
  }

  private @Nullable Id idFromDecimal(Node node) throws IOException {
    BigDecimal number = JsonNumber.parseInteger(json.getText());
    if (number == null || JsonNumber.integerDigits(number) > MAX_ID_DIGITS) {
      addFault(BAD_ID, node.path(), "is neither a string nor an integer");
      return null;
    }
    return Id.ofInteger(number.toBigInteger().toString());
  }

  private @Nullable Id id(Node node, String text) throws IOException {
    if (hasUnpairedSurrogate(text)) {
      addFault(BAD_ID, node.path(), "has half of a surrogate pair, which UTF-8 cannot represent");
      return null;
    }
    return Id.ofString(text);
  }

  private @Nullable Instant timestamp(Node node) throws IOException {
    try {
      if (!json.currentToken().isScalarValue()
          || json.currentToken().isBoolean()
          || json.currentToken() == JsonToken.VALUE_NULL) {
        throw timestamps.notATime(path(node.path()), currentValue());
      }
      boolean isString = json.currentToken() == JsonToken.VALUE_STRING;
      return Instant.ofEpochMilli(timestamps.parse(json.getText(), isString, path(node.path())));
    } catch (Rejection e) {
      addFault(e);
      return null;
    }
  }

  private @Nullable List<LineItem> lineItems(Node node) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of(); // Some producers write null for an empty list.
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      addFault(MALFORMED_JSON, node.path(), "is not an array");
      return null;
    }
    List<LineItem> items = new ArrayList<>(4);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      lineItem = items.size();
      if (json.currentToken() == JsonToken.START_OBJECT) {
        clearLineItem();
        object(node);
        items.add(lineItem());
      } else {
        addFault(MALFORMED_JSON, node.path(), "is not an object");
        items.add(null);
      }
    }
    lineItem = NOT_IN_LINE_ITEM;
    return items;
  }

  private void clearLineItem() {
    item = format.constantItem();
    hasItem = item != null;
    Long constant = format.constantQuantity();
    hasQuantity = constant != null;
    quantity = hasQuantity ? constant : 0;
  }

  /** Returns the current line item; null after a fault. */
  private @Nullable LineItem lineItem() {
    if (!hasItem) {
      addFault(missing(((FieldPath) format.item()).names()));
    } else if (!hasQuantity) {
      addFault(missing(((FieldPath) format.quantity()).names()));
    } else if (item != null) {
      return new LineItem(item, quantity);
    }
    return null;
  }

  private long quantity(Node node) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getTextLength() <= MAX_QUANTITY_LENGTH) {
        long value = json.getLongValue();
        if (Math.abs(value) <= MAX_QUANTITY) {
          return value;
        }
      }
    } else {
      BigDecimal value =
          json.currentToken().isScalarValue() ? JsonNumber.parseInteger(json.getText()) : null;
      if (value == null) {
        addFault(BAD_QUANTITY, node.path(), "is not an integer");
        return 0;
      }
      if (value.abs().compareTo(BigDecimal.valueOf(MAX_QUANTITY)) <= 0) {
        return value.longValueExact();
      }
    }
    addFault(BAD_QUANTITY, node.path(), "is beyond ±" + MAX_QUANTITY);
    return 0;
  }

  private Rejection missing(List<String> names) {
    String advice = lineItem == NOT_IN_LINE_ITEM ? envelope.advice() : "";
    return new Rejection(MISSING_FIELD, path(names) + ": missing" + advice);
  }

  private String stringAdvice() throws IOException {
    boolean containsJson =
        json.currentToken() == JsonToken.VALUE_STRING
            && json.getText().stripLeading().startsWith("{");
    return containsJson ? "; it is a string that holds JSON: write the object without quotes" : "";
  }

  /** Returns the path of a field, with the index of the current line item. */
  private String path(List<String> names) {
    return FieldPath.text(
        names, format.lineItems().size(), lineItem == NOT_IN_LINE_ITEM ? "" : "[" + lineItem + "]");
  }

  /** Records a fault of the current value, and skips the value. */
  private void addFault(RejectReason reason, List<String> path, String what) throws IOException {
    addFault(new Rejection(reason, path(path) + ": " + currentValue() + " " + what));
    json.skipChildren();
  }

  private void addFault(Rejection rejection) {
    if (fault == null) {
      fault = rejection;
    }
  }

  private String currentValue() throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Quoted.text(json.getText());
      default -> Quoted.shortened(json.getText());
    };
  }

  private static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int codePoint = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(codePoint)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** The fields in which Kafka Connect and Debezium wrap a record. */
  private static final class Envelope {
    private static final Set<String> FIELDS = Set.of("schema", "payload", "before", "after");

    private final Set<String> found = new HashSet<>();

    void add(String name) {
      if (FIELDS.contains(name)) {
        found.add(name);
      }
    }

    /** Returns advice for a record in an envelope; empty if it is not in one. */
    String advice() {
      if (found.containsAll(List.of("schema", "payload"))) {
        return "; the record is wrapped in schema and payload: set schemas.enable=false in Kafka"
            + " Connect's JSON converter";
      }
      if (found.contains("before") || found.contains("after")) {
        return "; the record is wrapped in before and after, as Debezium writes changes: unwrap it"
            + " with the transform ExtractNewRecordState";
      }
      return "";
    }
  }
}
