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
 * The way through the JSON of one record, token by token. It is gone to the end even where a fault
 * was met, since what is not JSON at all is another fault.
 */
final class JacksonParser {
  /** The integers that every reader of JSON reads alike (RFC 8259, section 6). */
  private static final long LARGEST_QUANTITY = (1L << 53) - 1;

  private static final int LARGEST_QUANTITY_CHARACTERS = 17;

  /** An id that is a number in another notation has at most so many digits. */
  private static final int MAX_ID_DIGITS = 1_000;

  private static final int OUTSIDE_OF_LINE_ITEMS = -1;

  /** Fields in which usual producers wrap a record. */
  private static final Set<String> ENVELOPES = Set.of("schema", "payload", "before", "after");

  private final JsonParser json;
  private final EventTimes eventTimes;

  private @Nullable Rejection fault;
  private int lineItem = OUTSIDE_OF_LINE_ITEMS;

  private @Nullable Id id;
  private @Nullable Id customer;
  private @Nullable Instant timestamp;
  private @Nullable List<LineItem> lineItems;
  private final Set<String> envelope = new HashSet<>();

  JacksonParser(JsonParser json, EventTimes eventTimes) {
    this.json = json;
    this.eventTimes = eventTimes;
  }

  Transaction transaction() throws IOException, Rejection {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Rejection(
          MALFORMED_JSON, "record: " + shown() + " is not a JSON object" + adviceOnString());
    }
    fields();
    if (json.nextToken() != null) {
      throw new Rejection(MALFORMED_JSON, "record: more follows after the JSON object");
    }
    if (fault != null) {
      throw fault;
    }
    return new Transaction(
        present(id, "transaction_id"),
        customer,
        present(timestamp, "timestamp"),
        present(lineItems, "line_items"));
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
          if (ENVELOPES.contains(name)) {
            envelope.add(name);
          }
          json.skipChildren();
        }
      }
    }
  }

  private @Nullable Id id(String field) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> Id.ofInteger(json.getText());
      case VALUE_NUMBER_FLOAT -> idInAnotherNotation(field);
      case VALUE_STRING -> id(field, json.getText());
      default -> {
        note(BAD_ID, field, "is neither a string nor an integer");
        yield null;
      }
    };
  }

  private @Nullable Id idInAnotherNotation(String field) throws IOException {
    BigDecimal number = JsonInteger.parse(json.getText());
    if (number == null || number.precision() - (long) number.scale() > MAX_ID_DIGITS) {
      note(BAD_ID, field, "is neither a string nor an integer");
      return null;
    }
    return Id.ofInteger(number.toBigInteger().toString());
  }

  private @Nullable Id id(String field, String text) throws IOException {
    if (hasUnpairedSurrogate(text)) {
      note(BAD_ID, field, "has half of a surrogate pair, which UTF-8 cannot represent");
      return null;
    }
    return Id.ofString(text);
  }

  private @Nullable Instant timestamp() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      note(
          BAD_TIMESTAMP, "timestamp", "is not a string with a date and time; " + EventTimes.ADVICE);
      return null;
    }
    try {
      return Instant.ofEpochMilli(eventTimes.parse(json.getText()));
    } catch (Rejection e) {
      note(e);
      return null;
    }
  }

  private @Nullable List<LineItem> lineItems() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of(); // What some producers write for an empty list.
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      note(MALFORMED_JSON, "line_items", "is not an array");
      return null;
    }
    List<LineItem> items = new ArrayList<>(4);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      lineItem = items.size();
      items.add(lineItem());
    }
    lineItem = OUTSIDE_OF_LINE_ITEMS;
    return items;
  }

  private @Nullable LineItem lineItem() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      note(MALFORMED_JSON, "", "is not an object");
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
      note(missing("item_id"));
      return null;
    }
    if (!hasQuantity) {
      note(missing("quantity"));
      return null;
    }
    return item == null ? null : new LineItem(item, quantity);
  }

  private long quantity() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      if (json.getTextLength() <= LARGEST_QUANTITY_CHARACTERS) {
        long quantity = json.getLongValue();
        if (Math.abs(quantity) <= LARGEST_QUANTITY) {
          return quantity;
        }
      }
    } else {
      BigDecimal quantity =
          json.currentToken().isScalarValue() ? JsonInteger.parse(json.getText()) : null;
      if (quantity == null) {
        note(BAD_QUANTITY, "quantity", "is not an integer");
        return 0;
      }
      if (quantity.abs().compareTo(BigDecimal.valueOf(LARGEST_QUANTITY)) <= 0) {
        return quantity.longValueExact();
      }
    }
    note(BAD_QUANTITY, "quantity", "is beyond ±" + LARGEST_QUANTITY);
    return 0;
  }

  private <T> T present(@Nullable T value, String field) throws Rejection {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private Rejection missing(String field) {
    return new Rejection(MISSING_FIELD, path(field) + ": missing" + adviceOnEnvelope());
  }

  /** What to do about a record that a producer has wrapped. */
  private String adviceOnEnvelope() {
    if (lineItem != OUTSIDE_OF_LINE_ITEMS) {
      return "";
    }
    if (envelope.containsAll(List.of("schema", "payload"))) {
      return "; the record is wrapped in schema and payload: set schemas.enable=false in Kafka"
          + " Connect's JSON converter";
    }
    if (envelope.contains("before") || envelope.contains("after")) {
      return "; the record is wrapped in before and after, as Debezium writes changes: unwrap it"
          + " with the transform ExtractNewRecordState";
    }
    return "";
  }

  private String adviceOnString() throws IOException {
    boolean holdsJson =
        json.currentToken() == JsonToken.VALUE_STRING
            && json.getText().stripLeading().startsWith("{");
    return holdsJson ? "; it is a string that holds JSON: write the object without quotes" : "";
  }

  private String path(String field) {
    if (lineItem == OUTSIDE_OF_LINE_ITEMS) {
      return field;
    }
    return "line_items[" + lineItem + "]" + (field.isEmpty() ? "" : "." + field);
  }

  /** Notes that the current value is at fault, and goes past it. */
  private void note(RejectReason reason, String field, String what) throws IOException {
    note(new Rejection(reason, path(field) + ": " + shown() + " " + what));
    json.skipChildren();
  }

  private void note(Rejection rejection) {
    if (fault == null) {
      fault = rejection;
    }
  }

  private String shown() throws IOException {
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
