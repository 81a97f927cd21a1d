package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_PRICE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.transforms.Id;
import fortnight.transforms.formats.Money;
import fortnight.transforms.json.JsonNumber;
import java.io.IOException;
import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts the value at which a JSON parser is; rejects values that a field cannot have, with a
 * message that does not name the field.
 */
final class JacksonValues {
  /** Maximum number of digits of an id written with a fraction or exponent. */
  private static final int MAX_ID_DIGITS = 1_000;

  private static final String HALF_OF_A_PAIR =
      "has half of a surrogate pair, which UTF-8 cannot represent";

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
          throw rejection(json, HALF_OF_A_PAIR);
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

  /** Returns the value of a dimension: an id, or {@link Id#NULL}. */
  static Id dimension(JsonParser json) throws IOException, Rejection {
    return json.hasToken(JsonToken.VALUE_NULL) ? Id.NULL : id(json);
  }

  /** Returns a currency: any text, such as EUR. */
  static String currency(JsonParser json) throws IOException, Rejection {
    String currency = json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : "";
    if (!Decimals.isCurrency(currency)) {
      throw new Rejection(BAD_PRICE, text(json) + " is not a currency, such as EUR");
    }
    if (hasUnpairedSurrogate(currency)) {
      throw new Rejection(BAD_PRICE, text(json) + " " + HALF_OF_A_PAIR);
    }
    return currency;
  }

  /** Returns a quantity in units of its last decimal. */
  static long quantity(JsonParser json, int decimals) throws IOException, Rejection {
    if (decimals > 0 || !json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return Decimals.quantity(number(json), text(json), decimals);
    }
    return json.getTextLength() <= Decimals.MAX_DIGITS
        ? Decimals.checked(json.getLongValue(), text(json))
        : Decimals.quantity(json.getText(), text(json), decimals);
  }

  /** Returns a price or an amount in units of its last decimal. */
  static long price(JsonParser json, Money money) throws IOException, Rejection {
    return Decimals.price(number(json), text(json), money);
  }

  /** Returns the text of a number or a string; null for other values. */
  private static @Nullable String number(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> json.getText();
      default -> null;
    };
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
