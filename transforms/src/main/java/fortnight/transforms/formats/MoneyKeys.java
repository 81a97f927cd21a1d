package fortnight.transforms.formats;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the keys of a format that describe amounts. */
final class MoneyKeys {
  private final FormatReader keys;
  private final List<String> mistakes;

  MoneyKeys(FormatReader keys, List<String> mistakes) {
    this.keys = keys;
    this.mistakes = mistakes;
  }

  /** Returns null if the format has no amounts. */
  @Nullable Money money() {
    Integer decimals = keys.optional("priceDecimals", FormatValues::decimals);
    String unit = keys.optional("priceUnit", FormatValues.oneOf("major", "minor"));
    FieldValue currency = keys.optional("currency", MoneyKeys::currency);
    boolean hasPrice = keys.textOf("price").isPresent();
    boolean hasAmount = keys.textOf("amount").isPresent();
    if (hasPrice && hasAmount) {
      mistakes.add(
          "price and amount: only one can be set; price is of a unit, amount of a line item");
      return null;
    }
    if (!hasPrice && !hasAmount) {
      Stream.of("priceDecimals", "priceUnit", "currency")
          .filter(key -> keys.textOf(key).isPresent())
          .forEach(key -> mistakes.add(key + ": needs price or amount"));
      return null;
    }
    FieldValue value = keys.optional(hasPrice ? "price" : "amount", FormatValues::number);
    return value == null
        ? null
        : checked(
            new Money(
                value,
                hasAmount,
                decimals == null ? Money.DEFAULT_DECIMALS : decimals,
                "minor".equals(unit),
                currency));
  }

  private Money checked(Money money) {
    if (money.value() instanceof FieldValue.Constant constant) {
      String key = money.isAmount() ? "amount" : "price";
      String mistake = FormatValues.mistake(constant, money.writtenDecimals(), "priceDecimals");
      if (mistake != null) {
        mistakes.add(key + ": " + mistake);
      } else if (!money.isAmount() && new BigDecimal(constant.text()).signum() < 0) {
        mistakes.add(key + ": " + constant + " is negative");
      }
    }
    return money;
  }

  /** A record has one currency, because its transaction counts in one. */
  private static FieldValue currency(String text) {
    FieldValue value = FormatValues.value(text);
    if (value instanceof FieldPath path && path.isInLineItem()) {
      throw new IllegalArgumentException(path + " is in a line item; use a field of the record");
    }
    if (value instanceof FieldValue.Constant constant && constant.text().isEmpty()) {
      throw new IllegalArgumentException("a currency is not empty; omit the key, or use \"EUR\"");
    }
    return value;
  }
}
