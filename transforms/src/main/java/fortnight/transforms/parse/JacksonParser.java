package fortnight.transforms.parse;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Parses the JSON of one record token by token. Continues after a fault, since malformed JSON takes
 * precedence over other faults, and so do the conditions of the format.
 */
final class JacksonParser {
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

  private @Nullable String currency;
  private final Id[] dimensions;
  private final JacksonLineItem current;

  JacksonParser(JsonParser json, RecordFormat format, FieldTree tree, TimestampParser timestamps) {
    this.json = json;
    this.format = format;
    this.tree = tree;
    this.timestamps = timestamps;
    this.conditionValues = new Scalar[format.conditions().size()];
    Arrays.fill(conditionValues, Scalar.NULL);
    this.currency = format.constantCurrency();
    this.current = new JacksonLineItem(format, tree);
    this.dimensions = tree.constantRecordDimensions.clone();
    Arrays.setAll(dimensions, i -> dimensions[i] == null ? Id.NULL : dimensions[i]);
  }

  ParsedRecord parse() throws IOException, Rejection {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Rejection(
          MALFORMED_JSON,
          "record: " + JacksonValues.text(json) + " is not a JSON object" + stringAdvice());
    }
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
      LineItem only = lineItem();
      if (fault != null) {
        throw fault;
      }
      lineItems = List.of(only);
    }
    if (currency == null && format.hasCurrency()) {
      throw missing(((FieldPath) format.money().currency()).names());
    }
    Id known = id == null ? RecordFormat.NO_ID : id;
    return ParsedRecord.of(
        new Transaction(known, customer, timestamp, lineItems, currency, List.of(dimensions)));
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
        current.clear(child.slot());
      }
    }
  }

  private void clearRecordValue(int slot) {
    id = slot == tree.id ? null : id;
    customer = slot == tree.customer ? null : customer;
    timestamp = slot == tree.time ? null : timestamp;
    currency = slot == tree.currency ? null : currency;
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = slot == tree.recordDimensions[i] ? Id.NULL : dimensions[i];
    }
    for (int i = 0; i < conditionValues.length; i++) {
      conditionValues[i] = slot == tree.condition(i) ? Scalar.NULL : conditionValues[i];
    }
    if (!tree.hasLineItems()) {
      current.clear(slot);
    }
  }

  /** Parses the current value for all fields of the format that use it. */
  private void value(Node node) throws IOException {
    try {
      if (lineItem == NOT_IN_LINE_ITEM) {
        recordValue(node.slot());
      }
      if (lineItem != NOT_IN_LINE_ITEM || !tree.hasLineItems()) {
        current.set(node.slot(), json);
      }
    } catch (Rejection e) {
      addFault(e.at(path(node.path())));
    }
    json.skipChildren();
  }

  private void recordValue(int slot) throws IOException, Rejection {
    for (int i = 0; i < conditionValues.length; i++) {
      if (slot == tree.condition(i)) {
        conditionValues[i] = Scalar.of(json);
      }
    }
    if (slot == tree.id) {
      id = null;
      id = JacksonValues.id(json);
    }
    if (slot == tree.customer) {
      customer = null;
      customer = json.hasToken(JsonToken.VALUE_NULL) ? null : JacksonValues.id(json);
    }
    if (slot == tree.time) {
      timestamp = null;
      timestamp = Instant.ofEpochMilli(JacksonValues.eventTime(json, timestamps));
    }
    if (slot == tree.currency) {
      currency = null;
      currency = JacksonValues.currency(json);
    }
    for (int i = 0; i < dimensions.length; i++) {
      if (slot == tree.recordDimensions[i]) {
        dimensions[i] = JacksonValues.dimension(json);
      }
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
        current.clear();
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

  /** Returns the current line item; null after a fault. */
  private @Nullable LineItem lineItem() {
    FieldPath missing = current.missing();
    if (missing != null) {
      addFault(missing(missing.names()));
      return null;
    }
    try {
      return current.lineItem();
    } catch (Rejection e) {
      addFault(
          format.money().value() instanceof FieldPath price
              ? e.at(path(price.names()))
              : e.at(format.money().value().toString()));
      return null;
    }
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
    if (fault == null) { // Records can have many faults.
      addFault(new Rejection(reason, path(path) + ": " + JacksonValues.text(json) + " " + what));
    }
    json.skipChildren();
  }

  private void addFault(Rejection rejection) {
    if (fault == null) {
      fault = rejection;
    }
  }
}
