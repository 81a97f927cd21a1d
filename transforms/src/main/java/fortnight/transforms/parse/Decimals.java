package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_PRICE;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;

import fortnight.transforms.RejectReason;
import fortnight.transforms.formats.Money;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.json.JsonNumber;
import java.math.BigDecimal;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts quantities and prices to integers in units of their last decimal; never rounds. Rejects
 * others with a message that does not name the field.
 */
final class Decimals {
  /** Numbers of so many digits fit a long. */
  static final int MAX_DIGITS = 17;

  /** The largest value: all JSON parsers represent it exactly (RFC 8259, section 6). */
  private static final long MAX = (1L << 53) - 1;

  /** Each currency has rows and state of its own, so that other texts must not be taken for one. */
  private static final int MAX_CURRENCY_LENGTH = 32;

  private Decimals() {}

  /**
   * Converts a quantity.
   *
   * @param number in any notation of JSON; null if the value is not a number
   * @param shown the value for a message
   */
  static long quantity(@Nullable String number, String shown, int decimals) throws Rejection {
    BigDecimal value = number == null ? null : JsonNumber.parse(number);
    if (value == null || (decimals == 0 && value.scale() > 0)) {
      String expected = decimals == 0 ? "an integer" : "a decimal";
      throw new Rejection(BAD_QUANTITY, shown + " is not " + expected);
    }
    return scaled(value, shown, decimals, BAD_QUANTITY, "quantityDecimals");
  }

  /**
   * Converts a price or an amount.
   *
   * @param number in any notation of JSON; null if the value is not a number
   * @param shown the value for a message
   */
  static long price(@Nullable String number, String shown, Money money) throws Rejection {
    BigDecimal value = number == null ? null : JsonNumber.parse(number);
    if (value == null) {
      throw new Rejection(BAD_PRICE, shown + " is not a decimal");
    }
    if (value.signum() < 0 && !money.isAmount()) {
      throw new Rejection(BAD_PRICE, shown + " is negative");
    }
    if (money.isMinor() && value.scale() > 0) {
      throw new Rejection(BAD_PRICE, shown + " is not an integer, and priceUnit is minor");
    }
    return scaled(value, shown, money.writtenDecimals(), BAD_PRICE, "priceDecimals");
  }

  private static long scaled(
      BigDecimal value, String shown, int decimals, RejectReason reason, String key)
      throws Rejection {
    if (value.scale() > decimals) {
      throw new Rejection(
          reason, "%s has more than %d decimals, the limit of %s".formatted(shown, decimals, key));
    }
    boolean isLong = JsonNumber.integerDigits(value) + decimals <= MAX_DIGITS;
    long scaled = isLong ? value.movePointRight(decimals).longValueExact() : Long.MAX_VALUE;
    if (scaled > MAX || scaled < -MAX) {
      throw beyond(reason, shown, decimals);
    }
    return scaled;
  }

  /** Returns an integer quantity, if it is within the limits. */
  static long checked(long quantity, String shown) throws Rejection {
    if (Math.abs(quantity) > MAX) {
      throw beyond(BAD_QUANTITY, shown, 0);
    }
    return quantity;
  }

  private static Rejection beyond(RejectReason reason, String shown, int decimals) {
    return new Rejection(
        reason, shown + " is beyond ±" + BigDecimal.valueOf(MAX, decimals).toPlainString());
  }

  /** Converts the quantity of a CSV row; null if the field is empty. */
  static @Nullable Long quantity(
      @Nullable String text, RecordFormat format, RecordEncoding.Csv encoding) throws Rejection {
    if (text == null) {
      return null;
    }
    int decimals = format.quantityDecimals();
    if (decimals == 0 && JsonNumber.isPlainInteger(text)) {
      return Long.valueOf(text);
    }
    try {
      return quantity(number(text, encoding, BAD_QUANTITY), Quoted.text(text), decimals);
    } catch (Rejection e) {
      throw e.at(format.quantity().toString());
    }
  }

  /** Converts the price or the amount of a CSV row; null if the field is empty. */
  static @Nullable Long price(
      @Nullable String text, RecordFormat format, RecordEncoding.Csv encoding) throws Rejection {
    if (text == null) {
      return null;
    }
    Money money = format.money();
    try {
      return price(number(text, encoding, BAD_PRICE), Quoted.text(text), money);
    } catch (Rejection e) {
      throw e.at(money.value().toString());
    }
  }

  /** Returns a number of CSV with a decimal point. */
  private static String number(String text, RecordEncoding.Csv encoding, RejectReason reason)
      throws Rejection {
    String number = encoding.withDecimalPoint(text);
    if (number == null) {
      throw new Rejection(
          reason, Quoted.text(text) + " has a point, and numbers have a decimal comma");
    }
    return number;
  }

  /** Returns whether a text can be a currency. */
  static boolean isCurrency(String text) {
    return !text.isEmpty() && text.length() <= MAX_CURRENCY_LENGTH;
  }

  /** Returns the rejection of an amount that is too large to be summed. */
  static Rejection tooLarge(long quantity, long price, RecordFormat format) {
    int priceDecimals = Objects.requireNonNull(format.money()).decimals();
    return new Rejection(
        BAD_PRICE,
        "%s times %s is beyond 10^27 units of the last decimal"
            .formatted(
                BigDecimal.valueOf(price, priceDecimals).toPlainString(),
                BigDecimal.valueOf(quantity, format.quantityDecimals()).toPlainString()));
  }
}
