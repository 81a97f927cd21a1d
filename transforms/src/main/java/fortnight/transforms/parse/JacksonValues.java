package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Id;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Converts the value at which a JSON parser is; rejects values that a field cannot have, with a
 * message that does not name the field.
 */
final class JacksonValues {
  /** The largest quantity: all JSON parsers represent it exactly (RFC 8259, section 6). */
  private static final long MAX_QUANTITY = (1L << 53) - 1;

  private static final int MAX_QUANTITY_LENGTH = 17;

  /** Maximum number of digits of an id written with a fraction or exponent. */
  private static final int MAX_ID_DIGITS = 1_000;

  private JacksonValues() {}

  static Id id(JsonParser json) throws IOException, Rejection {
    switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> {
        return Id.ofInteger(json.getText());
      }
      case VALUE_NUMBER_FLOAT -> {
        BigDecimal number = JsonNumber.parseInteger(json.getText());
        if (number != null && JsonNumber.integerDigits(number) <= MAX_ID_DIGITS) {
          return Id.ofInteger(number.toBigInteger().toString());
        }
      }
      case VALUE_STRING -> {
        if (hasUnpairedSurrogate(json.getText())) {
          throw rejection(json, "has half of a surrogate pair, which UTF-8 cannot represent");
        }
        return Id.ofString(json.getText());
      }
      default -> {}
    }
    throw rejection(json, "is neither a string nor an integer");
  }

  private static Rejection rejection(JsonParser json, String what) throws IOException {
    return new Rejection(BAD_ID, text(json) + " " + what);
  }

  static long quantity(JsonParser json) throws IOException, Rejection {
    if (!json.currentToken().isScalarValue()) {
      throw new Rejection(BAD_QUANTITY, text(json) + " is not an integer");
    }
    if (!json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return quantity(json.getText(), text(json));
    }
    if (json.getTextLength() <= MAX_QUANTITY_LENGTH) {
      long value = json.getLongValue();
      if (Math.abs(value) <= MAX_QUANTITY) {
        return value;
      }
    }
    throw beyond(text(json));
  }

  /**
   * Returns the quantity that is written as this number.
   *
   * @param shown the value for a message
   */
  static long quantity(String number, String shown) throws Rejection {
    BigDecimal value = JsonNumber.parseInteger(number);
    if (value == null) {
      throw new Rejection(BAD_QUANTITY, shown + " is not an integer");
    }
    if (value.abs().compareTo(BigDecimal.valueOf(MAX_QUANTITY)) > 0) {
      throw beyond(shown);
    }
    return value.longValueExact();
  }

  private static Rejection beyond(String shown) {
    return new Rejection(BAD_QUANTITY, shown + " is beyond ±" + MAX_QUANTITY);
  }

  /** Returns milliseconds. */
  static long eventTime(JsonParser json, TimestampParser timestamps) throws IOException, Rejection {
    return switch (json.currentToken()) {
      case VALUE_STRING -> timestamps.parse(json.getText(), true);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> timestamps.parse(json.getText(), false);
      default -> throw timestamps.notATime(text(json));
    };
  }

  /** Returns the value for a message, shortened if it is long. */
  static String text(JsonParser json) throws IOException {
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
