package fortnight.pipelines.propose;

import fortnight.pipelines.propose.RecordPaths.Field;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Proposes the price or the amount of line items, and the currency. */
final class MoneyFields {
  private static final int MAX_DECIMALS = 9;
  private static final int DEFAULT_DECIMALS = 2;
  private static final int MAX_ALTERNATIVES = 5;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toSet());

  private final FormatFile file;

  MoneyFields(FormatFile file) {
    this.file = file;
  }

  /**
   * Proposes the keys.
   *
   * @param line the fields of a line item
   * @param record the fields of a record
   */
  void propose(List<Field> line, List<Field> record) {
    List<Field> prices = present(line, FieldRole.PRICE);
    List<Field> amounts = present(line, FieldRole.AMOUNT);
    List<Field> others = line.stream().filter(this::isUnnamedPrice).toList();
    boolean isSet = false;
    if (prices.size() == 1) {
      isSet = money("price", prices.get(0));
      alternatives("amount", amounts, "");
    } else if (!prices.isEmpty()) {
      file.decide(
          "price: %s. %s Without one, there are no results of revenue."
              .formatted(Comments.or(prices), FormatFile.CHOOSE));
      alternatives("price", prices, "");
      alternatives("amount", amounts, "");
    } else if (amounts.size() == 1) {
      isSet = money("amount", amounts.get(0));
    } else if (!amounts.isEmpty()) {
      file.decide(
          "amount: %s. %s Without one, there are no results of revenue."
              .formatted(Comments.or(amounts), FormatFile.CHOOSE));
      alternatives("amount", amounts, "");
    } else if (!others.isEmpty()) {
      alternatives("price", others, "; if this is of the whole line item, use amount");
    } else {
      return;
    }
    List<Field> currencies =
        RecordFields.withRole(
            record,
            FieldRole.CURRENCY,
            values -> values.nearlyAll(value -> CURRENCIES.contains(value.text())));
    if (isSet && !currencies.isEmpty() && currencies.get(0).isInNearlyAll()) {
      Field currency = currencies.get(0);
      file.set("currency", FormatFile.value(currency.path()), Comments.values(currency));
    } else {
      currencies.stream()
          .limit(MAX_ALTERNATIVES)
          .forEach(
              field ->
                  file.alternative(
                      "currency", FormatFile.value(field.path()), Comments.values(field)));
    }
  }

  /** Returns whether a field has numbers with decimals, and no name of another number. */
  private boolean isUnnamedPrice(Field field) {
    return Decimals.areDecimals(field.values())
        && !Decimals.areIntegers(field.values())
        && field.isInNearlyAll()
        && !file.sets(field.path())
        && !FieldRole.QUANTITY.accepts(field.path())
        && !FieldNames.isNamedOtherNumber(field.path());
  }

  private static List<Field> present(List<Field> fields, FieldRole role) {
    return RecordFields.withRole(fields, role, Decimals::areDecimals).stream()
        .filter(Field::isInNearlyAll)
        .toList();
  }

  /** Returns whether the key is set: integers can be in the major or in the minor unit. */
  private boolean money(String key, Field field) {
    String value = FormatFile.value(field.path());
    int decimals = Decimals.scale(field.values());
    if (FieldNames.isNamedMinor(field.path()) && decimals == 0) {
      file.set(key, value, Comments.of(field));
      file.set("priceUnit", "minor", "");
      return true;
    }
    if (Decimals.areIntegers(field.values())) {
      file.alternative(
          key, value, Comments.of(field) + "; with priceUnit: minor if this is in cents");
      return false;
    }
    if (decimals > MAX_DECIMALS) {
      file.alternative(
          key, value, Comments.of(field) + "; has " + decimals + " decimals, more than 9");
      return false;
    }
    file.set(key, value, Comments.of(field));
    if (decimals > DEFAULT_DECIMALS) {
      file.set("priceDecimals", Integer.toString(decimals), "the largest number of decimals");
    }
    return true;
  }

  private void alternatives(String key, List<Field> fields, String advice) {
    for (Field field : fields.subList(0, Math.min(MAX_ALTERNATIVES, fields.size()))) {
      int decimals = Decimals.scale(field.values());
      boolean isInMinor = FieldNames.isNamedMinor(field.path()) && decimals == 0;
      file.alternative(key, FormatFile.value(field.path()), Comments.of(field) + advice);
      if (isInMinor) {
        file.alternative("priceUnit", "minor", "");
      } else if (decimals > DEFAULT_DECIMALS) {
        file.alternative("priceDecimals", Integer.toString(Math.min(MAX_DECIMALS, decimals)), "");
      }
    }
  }
}
