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
    boolean isSet;
    if (!prices.isEmpty()) {
      isSet = money("price", prices.get(0));
      alternatives("price", prices.subList(1, prices.size()));
      alternatives("amount", amounts);
    } else if (!amounts.isEmpty()) {
      isSet = money("amount", amounts.get(0));
      alternatives("amount", amounts.subList(1, amounts.size()));
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
      alternatives("currency", currencies);
    }
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
    if (FieldRole.isNamedMinor(field.path()) && decimals == 0) {
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
      file.set("priceDecimals", Integer.toString(decimals), "");
    }
    return true;
  }

  private void alternatives(String key, List<Field> fields) {
    fields.stream()
        .limit(MAX_ALTERNATIVES)
        .forEach(
            field -> file.alternative(key, FormatFile.value(field.path()), Comments.of(field)));
  }
}
