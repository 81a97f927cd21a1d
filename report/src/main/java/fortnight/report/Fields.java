package fortnight.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;

/** The fields of one line, each asked for by name and kind. */
final class Fields {
  /** Beyond it a page's numbers, which are doubles, are no longer exact. */
  private static final long MOST = (1L << 53) - 1;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private record Value(JsonToken token, String text) {}

  private final Map<String, Value> values;

  private Fields(Map<String, Value> values) {
    this.values = values;
  }

  static Fields of(String line) throws BrokenRow {
    Map<String, Value> values = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BrokenRow("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        values.put(name, new Value(token, parser.getText()));
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new BrokenRow("more follows after the JSON object");
      }
      return new Fields(values);
    } catch (IOException e) {
      throw new BrokenRow("not JSON");
    }
  }

  boolean has(String name) {
    return values.containsKey(name) && !isNull(name);
  }

  boolean isNull(String name) {
    return token(name) == JsonToken.VALUE_NULL;
  }

  String text(String name) throws BrokenRow {
    return text(name, JsonToken.VALUE_STRING, "a string");
  }

  long number(String name) throws BrokenRow {
    String text = text(name, JsonToken.VALUE_NUMBER_INT, "an integer");
    try {
      long number = Long.parseLong(text);
      if (number >= -MOST && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Longer than any long: it is too large, too.
    }
    throw new BrokenRow(name + ": " + Cut.to(60, text) + " is too large to be shown exactly");
  }

  /** An integer that is not negative. */
  long count(String name) throws BrokenRow {
    long count = number(name);
    if (count < 0) {
      throw new BrokenRow(name + ": " + count + " is negative");
    }
    return count;
  }

  double ratio(String name) throws BrokenRow {
    if (token(name) == JsonToken.VALUE_NUMBER_INT) {
      return number(name);
    }
    return Double.parseDouble(text(name, JsonToken.VALUE_NUMBER_FLOAT, "a number or null"));
  }

  /** A local date and time, as the milliseconds since 1970 that it would be in UTC. */
  long time(String name, Times times) throws BrokenRow {
    String text = text(name);
    try {
      return times.millis(text);
    } catch (DateTimeException e) {
      throw new BrokenRow(name + ": " + Cut.to(60, text) + " is not a date and time");
    }
  }

  ItemId item() throws BrokenRow {
    boolean integer = token("item_id") == JsonToken.VALUE_NUMBER_INT;
    return new ItemId(integer ? values.get("item_id").text() : text("item_id"), integer);
  }

  private JsonToken token(String name) {
    Value value = values.get(name);
    return value == null ? JsonToken.NOT_AVAILABLE : value.token();
  }

  private String text(String name, JsonToken token, String kind) throws BrokenRow {
    Value value = values.get(name);
    if (value == null) {
      throw new BrokenRow(name + ": missing");
    }
    if (value.token() != token) {
      throw new BrokenRow(name + ": " + Cut.to(60, value.text()) + " is not " + kind);
    }
    return value.text();
  }
}
