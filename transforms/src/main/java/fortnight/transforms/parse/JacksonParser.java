package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.MISSING_FIELD;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Parses the JSON of one record token by token. Continues after a fault, since malformed JSON takes
 * precedence over other faults.
 */
final class JacksonParser {
  /** The largest quantity: all JSON parsers represent it exactly (RFC 8259, section 6). */
  private static final long MAX_QUANTITY = (1L << 53) - 1;

  private static final int MAX_QUANTITY_LENGTH = 17;

  /** Maximum number of digits of an id written with a fraction or exponent. */
  private static final int MAX_ID_DIGITS = 1_000;

  private static final int NOT_IN_LINE_ITEM = -1;

  /** Fields in which Kafka Connect and Debezium wrap a record. */
  private static final Set<String> ENVELOPE_FIELDS = Set.of("schema", "payload", "before", "after");

  private final JsonParser json;
  private final EventTimes eventTimes;

  private @Nullable Rejection fault;
  private int lineItem = NOT_IN_LINE_ITEM;

  private @Nullable Id id;
  private @Nullable Id customer;
  private @Nullable Instant timestamp;
  private @Nullable List<LineItem> lineItems;
  private final Set<String> envelopeFields = new HashSet<>();

  JacksonParser(JsonParser json, EventTimes eventTimes) {
    this.json = json;
    this.eventTimes = eventTimes;
  }

  Transaction transaction() throws IOException, Rejection {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Rejection(
          MALFORMED_JSON, "record: " + currentValue() + " is not a JSON object" + stringAdvice());
    }
    fields();
    if (json.nextToken() != null) {
      throw new Rejection(MALFORMED_JSON, "record: more follows after the JSON object");
    }
    if (fault != null) {
      throw fault;
    }
    return new Transaction(
        required(id, "transaction_id"),
        customer,
        required(timestamp, "timestamp"),
        required(lineItems, "line_items"));
  }

  private void fields() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "transaction_id" -> id = id(name);
        case "customer_id" -> customer = value == JsonToken.VALUE_NULL ? null : id(name);
        case "timestamp" -> timestamp = timestamp();
        case "line_items" -> lineItems = lineItems();
        default -> {
          if (ENVELOPE_FIELDS.contains(name)) {
            envelopeFields.add(name);
          }
          json.skipChildren();
        }
      }
    }
  }

  private @Nullable Id id(String field) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> Id.ofInteger(json.getText());
      case VALUE_NUMBER_FLOAT -> idFromDecimal(field);
      case VALUE_STRING -> id(field, json.getText());
      default -> {
        addFault(BAD_ID, field, "is neither a string nor an integer");
        yield null;
      }
    };
  }

  private @Nullable Id idFromDecimal(String field) throws IOException {
    BigDecimal number = JsonInteger.parse(json.getText());
    if (number == null || number.precision() - (long) number.scale() > MAX_ID_DIGITS) {
      addFault(BAD_ID, field, "is neither a string nor an integer");
      return null;
    }
    return Id.ofInteger(number.toBigInteger().toString());
  }

  private @Nullable Id id(String field, String text) throws IOException {
    if (hasUnpairedSurrogate(text)) {
      addFault(BAD_ID, field, "has half of a surrogate pair, which UTF-8 cannot represent");
      return null;
    }
    return Id.ofString(text);
  }

  private @Nullable Instant timestamp() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      addFault(
          BAD_TIMESTAMP, "timestamp", "is not a string with a date and time; " + EventTimes.ADVICE);
      return null;
    }
    try {
      return Instant.ofEpochMilli(eventTimes.parse(json.getText()));
    } catch (Rejection e) {
      addFault(e);
      return null;
    }
  }

  private @Nullable List<LineItem> lineItems() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of(); // Some producers write null for an empty list.
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      addFault(MALFORMED_JSON, "line_items", "is not an array");
      return null;
    }
    List<LineItem> items = new ArrayList<>(4);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      lineItem = items.size();
      items.add(lineItem());
    }
    lineItem = NOT_IN_LINE_ITEM;
    return items;
  }

  private @Nullable LineItem lineItem() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      addFault(MALFORMED_JSON, "", "is not an object");
      return null;
    }
    Id item = null;
    boolean hasItem = false;
    long quantity = 0;
    boolean hasQuantity = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "item_id" -> {
          item = id(name);
          hasItem = true;
        }
        case "quantity" -> {
          quantity = quantity();
          hasQuantity = true;
        }
        default -> json.skipChildren();
      }
    }
    if (!hasItem) {
      addFault(missing("item_id"));
      return null;
    }
    if (!hasQuantity) {
      addFault(missing("quantity"));
      return null;
    }
    return item == null ? null : new LineItem(item, quantity);
  }

  private long quantity() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getTextLength() <= MAX_QUANTITY_LENGTH) {
        long quantity = json.getLongValue();
        if (Math.abs(quantity) <= MAX_QUANTITY) {
          return quantity;
        }
      }
    } else {
      BigDecimal quantity =
          json.currentToken().isScalarValue() ? JsonInteger.parse(json.getText()) : null;
      if (quantity == null) {
        addFault(BAD_QUANTITY, "quantity", "is not an integer");
        return 0;
      }
      if (quantity.abs().compareTo(BigDecimal.valueOf(MAX_QUANTITY)) <= 0) {
        return quantity.longValueExact();
      }
    }
    addFault(BAD_QUANTITY, "quantity", "is beyond ±" + MAX_QUANTITY);
    return 0;
  }

  private <T> T required(@Nullable T value, String field) throws Rejection {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private Rejection missing(String field) {
    return new Rejection(MISSING_FIELD, path(field) + ": missing" + envelopeAdvice());
  }

  /** Advice for a record in an envelope; empty if it is not in one. */
  private String envelopeAdvice() {
    if (lineItem != NOT_IN_LINE_ITEM) {
      return "";
    }
    if (envelopeFields.containsAll(List.of("schema", "payload"))) {
      return "; the record is wrapped in schema and payload: set schemas.enable=false in Kafka"
          + " Connect's JSON converter";
    }
    if (envelopeFields.contains("before") || envelopeFields.contains("after")) {
      return "; the record is wrapped in before and after, as Debezium writes changes: unwrap it"
          + " with the transform ExtractNewRecordState";
    }
    return "";
  }

  private String stringAdvice() throws IOException {
    boolean containsJson =
        json.currentToken() == JsonToken.VALUE_STRING
            && json.getText().stripLeading().startsWith("{");
    return containsJson ? "; it is a string that holds JSON: write the object without quotes" : "";
  }

  private String path(String field) {
    if (lineItem == NOT_IN_LINE_ITEM) {
      return field;
    }
    return "line_items[" + lineItem + "]" + (field.isEmpty() ? "" : "." + field);
  }

  /** Records a fault of the current value, and skips the value. */
  private void addFault(RejectReason reason, String field, String what) throws IOException {
    addFault(new Rejection(reason, path(field) + ": " + currentValue() + " " + what));
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
}
