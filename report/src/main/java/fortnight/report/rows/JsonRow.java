package fortnight.report.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;

/** The top-level fields of one JSON object; each getter checks the type of its field. */
public final class JsonRow {
  /** Beyond 2^53 - 1 the numbers of JavaScript, which are doubles, are not exact. */
  private static final long MAX_NUMBER = (1L << 53) - 1;

  private static final int MAX_QUOTED_LENGTH = 60;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  /** A line is not a valid row of its result; the message states what is wrong. */
  public static final class MalformedRowException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedRowException(String message) {
      super(message, null, false, false);
    }
  }

  private record Value(JsonToken token, String text) {}

  private final Map<String, Value> values;

  private JsonRow(Map<String, Value> values) {
    this.values = values;
  }

  public static JsonRow parse(String line) throws MalformedRowException {
    Map<String, Value> values = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRowException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        values.put(name, new Value(token, parser.getText()));
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new MalformedRowException("text after the JSON object");
      }
      return new JsonRow(values);
    } catch (IOException e) {
      throw new MalformedRowException("not JSON");
    }
  }

  /** Whether the field is present and not null. */
  boolean has(String name) {
    return values.containsKey(name) && !isNull(name);
  }

  boolean isNull(String name) {
    return token(name) == JsonToken.VALUE_NULL;
  }

  public String text(String name) throws MalformedRowException {
    return text(name, JsonToken.VALUE_STRING, "a string");
  }

  /** The first characters of a text, at most so many. */
  String text(String name, int maxLength) throws MalformedRowException {
    return shortened(text(name), maxLength);
  }

  long integer(String name) throws MalformedRowException {
    String text = text(name, JsonToken.VALUE_NUMBER_INT, "an integer");
    try {
      long number = Long.parseLong(text);
      if (number >= -MAX_NUMBER && number <= MAX_NUMBER) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Does not fit a long, so it is too large as well.
    }
    throw new MalformedRowException(
        name + ": " + quoted(text) + " is too large to be shown exactly");
  }

  /** An integer that is not negative. */
  long count(String name) throws MalformedRowException {
    long count = integer(name);
    if (count < 0) {
      throw new MalformedRowException(name + ": " + count + " is negative");
    }
    return count;
  }

  double ratio(String name) throws MalformedRowException {
    if (token(name) == JsonToken.VALUE_NUMBER_INT) {
      return integer(name);
    }
    return Double.parseDouble(text(name, JsonToken.VALUE_NUMBER_FLOAT, "a number or null"));
  }

  /** A local date-time, in milliseconds as of {@link LocalTimes}. */
  long time(String name, LocalTimes times) throws MalformedRowException {
    String text = text(name);
    try {
      return times.millis(text);
    } catch (DateTimeException e) {
      throw new MalformedRowException(name + ": " + quoted(text) + " is not a date and time");
    }
  }

  /** One of an enum's constants. */
  <E extends Enum<E>> E constant(String name, Class<E> type) throws MalformedRowException {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw new MalformedRowException(name + ": " + quoted(text) + " is unknown");
  }

  ItemId item() throws MalformedRowException {
    boolean isInteger = token("item_id") == JsonToken.VALUE_NUMBER_INT;
    return new ItemId(isInteger ? values.get("item_id").text() : text("item_id"), isInteger);
  }

  private JsonToken token(String name) {
    Value value = values.get(name);
    return value == null ? JsonToken.NOT_AVAILABLE : value.token();
  }

  private String text(String name, JsonToken token, String type) throws MalformedRowException {
    Value value = values.get(name);
    if (value == null) {
      throw new MalformedRowException(name + ": missing");
    }
    if (value.token() != token) {
      throw new MalformedRowException(name + ": " + quoted(value.text()) + " is not " + type);
    }
    return value.text();
  }

  private static String quoted(String text) {
    return shortened(text, MAX_QUOTED_LENGTH);
  }

  /** The text, or its first characters and an ellipsis; surrogate pairs are not split. */
  static String shortened(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, splitsPair ? maxLength - 1 : maxLength) + "…";
  }
}
