package fortnight.transforms.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * A JSON value that a condition compares. Numbers are equal if their values are: {@code 1} and
 * {@code 1.0}.
 *
 * @param text the characters of a string; the normalized digits of a number
 */
public record Scalar(Kind kind, String text) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final JsonFactory JSON = new JsonFactory();

  /** The JSON null; also the value of a field that is missing. */
  public static final Scalar NULL = new Scalar(Kind.NULL, "null");

  public static final Scalar TRUE = new Scalar(Kind.BOOLEAN, "true");
  public static final Scalar FALSE = new Scalar(Kind.BOOLEAN, "false");

  /** An object or an array, which equals nothing that a condition can contain. */
  public static final Scalar CONTAINER = new Scalar(Kind.CONTAINER, "");

  /** Maximum length of a number; longer ones are compared as text, since that could be slow. */
  private static final int MAX_NUMBER_LENGTH = 1_000;

  /** The types of JSON values. */
  public enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    CONTAINER
  }

  public static Scalar ofString(String text) {
    return new Scalar(Kind.STRING, text);
  }

  /** Returns the value of a JSON number. */
  public static Scalar ofNumber(String text) {
    if (text.length() > MAX_NUMBER_LENGTH) {
      return new Scalar(Kind.NUMBER, text);
    }
    try {
      BigDecimal value = new BigDecimal(text);
      // Zero is a case of its own, because 0E+5 keeps its exponent.
      return new Scalar(
          Kind.NUMBER, value.signum() == 0 ? "0" : value.stripTrailingZeros().toString());
    } catch (NumberFormatException | ArithmeticException e) {
      return new Scalar(Kind.NUMBER, text); // The exponent is too large for BigDecimal.
    }
  }

  /** Returns the value at which a parser is. */
  public static Scalar of(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> ofString(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ofNumber(json.getText());
      case VALUE_TRUE -> TRUE;
      case VALUE_FALSE -> FALSE;
      case VALUE_NULL -> NULL;
      default -> CONTAINER;
    };
  }

  /**
   * Parses a value as written in JSON.
   *
   * @throws IllegalArgumentException if the text is not a string, a number, true, false, or null
   */
  static Scalar parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      JsonToken token = json.nextToken();
      if (token != null && token.isScalarValue()) {
        Scalar value = of(json);
        if (json.nextToken() == null) {
          return value;
        }
      }
    } catch (IOException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        text + " is not a value; use \"text\" in double quotes, a number, true, false, or null");
  }

  /** Returns the value as written in JSON. */
  @Override
  public String toString() {
    return kind == Kind.STRING ? '"' + text + '"' : text;
  }
}
