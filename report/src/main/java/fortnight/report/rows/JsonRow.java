package fortnight.report.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import fortnight.common.Analysis;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;

/** The top-level fields of one JSON object; each getter checks the type of its field. */
public final class JsonRow {
  /** The sums of a pipeline have up to 39 digits. */
  private static final int MAX_NUMBER_LENGTH = 80;

  /** Digits, or a sign and digits, that always fit a long. */
  private static final int MAX_SHORT_LENGTH = 18;

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

  /** Collects the fields of a row that is not in JSON. */
  public static final class Builder {
    private final Map<String, Value> values = new HashMap<>();

    /** Adds a string; null is the null of JSON. */
    public Builder text(String name, String text) {
      return put(name, JsonToken.VALUE_STRING, text);
    }

    /** Adds a number in decimal notation; null is the null of JSON. */
    public Builder number(String name, String digits) {
      boolean isInteger = digits != null && isInteger(digits);
      return put(
          name, isInteger ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT, digits);
    }

    /** Adds a value in JSON. */
    public Builder json(String name, String json) throws MalformedRowException {
      Value value = JsonRow.parse("{\"value\":" + json + "}").values.get("value");
      values.put(name, value);
      return this;
    }

    private static boolean isInteger(String digits) {
      int start = digits.startsWith("-") ? 1 : 0;
      for (int at = start; at < digits.length(); at++) {
        if (digits.charAt(at) < '0' || digits.charAt(at) > '9') {
          return false;
        }
      }
      return digits.length() > start;
    }

    private Builder put(String name, JsonToken token, String text) {
      values.put(
          name, text == null ? new Value(JsonToken.VALUE_NULL, "null") : new Value(token, text));
      return this;
    }

    public JsonRow build() {
      return new JsonRow(values);
    }
  }

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
      return checked(new JsonRow(values));
    } catch (IOException e) {
      throw new MalformedRowException("not JSON");
    }
  }

  private static JsonRow checked(JsonRow row) throws MalformedRowException {
    if (row.token("schema") == JsonToken.START_OBJECT
        && row.token("payload") == JsonToken.START_OBJECT) {
      throw new MalformedRowException(
          "a row with a schema for Kafka Connect, which cannot be shown; run the pipeline without"
              + " --rowEnvelope=connect, with another prefix");
    }
    return row;
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

  /** An integer. */
  BigDecimal number(String name) throws MalformedRowException {
    return number(name, text(name, JsonToken.VALUE_NUMBER_INT, "an integer"));
  }

  /** An integer of at most 18 characters, as most numbers are; for anything else another value. */
  long shortInteger(String name, long otherwise) {
    Value value = values.get(name);
    return value != null
            && value.token() == JsonToken.VALUE_NUMBER_INT
            && value.text().length() <= MAX_SHORT_LENGTH
        ? Long.parseLong(value.text())
        : otherwise;
  }

  /** A number with or without decimals. */
  BigDecimal decimal(String name) throws MalformedRowException {
    if (token(name) == JsonToken.VALUE_NUMBER_INT) {
      return number(name);
    }
    String text = text(name, JsonToken.VALUE_NUMBER_FLOAT, "a number");
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      throw new MalformedRowException(name + ": " + quoted(text) + " has an exponent");
    }
    return number(name, text);
  }

  private static BigDecimal number(String name, String text) throws MalformedRowException {
    if (text.length() > MAX_NUMBER_LENGTH) {
      throw new MalformedRowException(name + ": " + quoted(text) + " has too many digits");
    }
    return new BigDecimal(text);
  }

  /** An integer that is not negative. */
  public long count(String name) throws MalformedRowException {
    BigDecimal count = number(name);
    if (count.signum() < 0) {
      throw new MalformedRowException(name + ": " + count + " is negative");
    }
    try {
      return count.longValueExact();
    } catch (ArithmeticException e) {
      throw new MalformedRowException(name + ": " + quoted(count.toString()) + " is too large");
    }
  }

  /** A number; NaN for null. */
  double ratio(String name) throws MalformedRowException {
    JsonToken token = token(name);
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    return token == JsonToken.VALUE_NUMBER_INT
        ? number(name).doubleValue()
        : Double.parseDouble(text(name, JsonToken.VALUE_NUMBER_FLOAT, "a number or null"));
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

  /** The id of an item, or the value of another dimension, which can be null. */
  DimensionValue value(String name) throws MalformedRowException {
    if (isNull(name) && !name.equals(Analysis.fieldOf(Analysis.PRODUCT))) {
      return DimensionValue.NULL;
    }
    return token(name) == JsonToken.VALUE_NUMBER_INT
        ? new DimensionValue(values.get(name).text(), DimensionValue.Type.INTEGER)
        : new DimensionValue(text(name), DimensionValue.Type.STRING);
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

  static String quoted(String text) {
    return shortened(text, MAX_QUOTED_LENGTH);
  }

  /** The text, or its first characters and an ellipsis; surrogate pairs are not split. */
  public static String shortened(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, splitsPair ? maxLength - 1 : maxLength) + "…";
  }
}
