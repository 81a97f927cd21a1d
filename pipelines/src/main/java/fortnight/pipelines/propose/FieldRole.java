package fortnight.pipelines.propose;

import fortnight.transforms.formats.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a field can be in a transaction, by its name. Names are in order of preference. */
enum FieldRole {
  ID(
      "order_id",
      "transaction_id",
      "purchase_id",
      "sale_id",
      "receipt_id",
      "invoice_id",
      "id",
      "uuid",
      "guid",
      "order_number",
      "transaction_number",
      "order_no",
      "invoice_no",
      "invoice_number",
      "receipt_number",
      "number",
      "invoice"),
  CUSTOMER(
      "customer_id",
      "user_id",
      "client_id",
      "buyer_id",
      "member_id",
      "account_id",
      "shopper_id",
      "customer_number",
      "customer_no",
      "user_pseudo_id",
      "customer",
      "customer_email",
      "user",
      "buyer",
      "email"),
  ITEM(
      "sku",
      "item_id",
      "product_id",
      "variant_id",
      "catalog_object_id",
      "stock_code",
      "product_code",
      "item_code",
      "article_id",
      "article_number",
      "ean",
      "upc",
      "product",
      "item",
      "id",
      "product_name",
      "item_name",
      "name"),
  QUANTITY(
      "quantity",
      "qty",
      "count",
      "units",
      "amount_ordered",
      "quantity_ordered",
      "qty_ordered",
      "ordered_quantity"),
  PRICE(
      "price",
      "unit_price",
      "item_price",
      "price_per_unit",
      "unit_amount",
      "price_amount",
      "unit_price_cents",
      "price_cents",
      "base_price_money_amount"),
  AMOUNT(
      "amount",
      "line_total",
      "line_amount",
      "row_total",
      "total_price",
      "total_amount",
      "total",
      "subtotal",
      "amount_cents",
      "total_cents",
      "total_money_amount"),
  CURRENCY("currency", "currency_code", "currency_iso", "iso_currency_code"),
  CONDITION(
      "event",
      "event_name",
      "event_type",
      "type",
      "status",
      "state",
      "order_status",
      "payment_status",
      "financial_status",
      "kind",
      "test",
      "is_test",
      "cancelled",
      "canceled",
      "refunded",
      "voided",
      "livemode");

  private static final Pattern WORD_END =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern EDGES = Pattern.compile("^_+|_+$");

  /** Names that mean something only together with the object that they are in. */
  private static final Set<String> GENERIC =
      Set.of("id", "uuid", "guid", "number", "name", "amount", "count", "email", "code", "total");

  /** Objects that contain a record, rather than being a part of it. */
  private static final Set<String> ENVELOPES =
      Set.of("data", "payload", "body", "detail", "properties", "record", "object", "attributes");

  private static final Set<String> TIME_WORDS =
      Set.of(
          "time",
          "date",
          "datetime",
          "at",
          "ts",
          "timestamp",
          "created",
          "updated",
          "modified",
          "epoch",
          "placed",
          "ordered",
          "purchased",
          "paid");

  private static final Set<String> PERSON_WORDS =
      Set.of(
          "customer", "client", "user", "buyer", "member", "loyalty", "account", "shopper", "patron",
          "guest", "card", "subscriber", "visitor");

  private static final Set<String> MONEY_WORDS =
      Set.of(
          "price", "amount", "total", "subtotal", "cost", "revenue", "sales", "value", "net", "gross",
          "cents", "minor", "money");

  /** Numbers that are neither quantities nor money. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "tax", "vat", "discount", "fee", "tip", "rate", "percent", "percentage", "id", "no", "nr",
          "number", "index", "position", "line", "row", "rank", "version", "year", "month", "day",
          "week", "hour", "zip", "postal", "postcode", "phone", "lat", "latitude", "lon",
          "longitude", "code", "last4", "ip", "age");

  /** Separated by commas, because an enum is immutable. */
  private final String names;

  FieldRole(String... names) {
    this.names = String.join(",", names);
  }

  /** Returns the place of the field's name in the order of preference; -1 if it has another. */
  int rank(FieldPath path) {
    return List.of(names.split(",", -1)).indexOf(name(path));
  }

  /** Returns whether a field can have this role. */
  boolean accepts(FieldPath path) {
    return rank(path) >= 0;
  }

  /** Returns whether the name of a field is that of an id of anything: store_id, sessionId. */
  static boolean isNamedId(FieldPath path) {
    return name(path).endsWith("_id") && !CUSTOMER.accepts(path);
  }

  /** Returns whether a field is named as the id of a transaction: order_id, InvoiceID. */
  static boolean isNamedIdOfTransaction(FieldPath path) {
    return ID.accepts(path) && name(path).endsWith("_id");
  }

  /** Returns whether a field is named as the id of a customer: customer_id, userId. */
  static boolean isNamedIdOfCustomer(FieldPath path) {
    return CUSTOMER.accepts(path) && name(path).endsWith("_id");
  }

  /** Returns whether the name of a field contains a word for a customer. */
  static boolean isNamedPerson(FieldPath path) {
    return hasWord(path, PERSON_WORDS);
  }

  /** Returns whether the name of a field is a name of anything. */
  static boolean isNameOnly(FieldPath path) {
    return name(path).equals("name");
  }

  /** Returns whether the name of a field contains a word for a time. */
  static boolean isNamedTime(FieldPath path) {
    return hasWord(path, TIME_WORDS);
  }

  /** Returns whether the name of a field contains a word for money. */
  static boolean isNamedMoney(FieldPath path) {
    return hasWord(path, MONEY_WORDS);
  }

  /** Returns whether the name of a field is that of a number that is no quantity and no money. */
  static boolean isNamedOtherNumber(FieldPath path) {
    return hasWord(path, OTHER_WORDS) || isNamedTime(path);
  }

  private static boolean hasWord(FieldPath path, Set<String> words) {
    return List.of(name(path).split("_", -1)).stream().anyMatch(words::contains);
  }

  /** Returns whether the name of a field states that an amount is in the minor unit. */
  static boolean isNamedMinor(FieldPath path) {
    return name(path).endsWith("_cents") || name(path).endsWith("_minor");
  }

  /** Returns the name in lower case with underscores, after that of its object if it is generic. */
  static String name(FieldPath path) {
    int last = path.names().size() - 1;
    String name = normalized(path.names().get(last));
    boolean hasObject = last - 1 >= path.itemDepth();
    if (!hasObject || !GENERIC.contains(name)) {
      return name;
    }
    String object = normalized(path.names().get(last - 1));
    return ENVELOPES.contains(object) ? name : object + "_" + name;
  }

  private static String normalized(String name) {
    String words = WORD_END.matcher(name).replaceAll("_");
    String separated = SEPARATORS.matcher(words).replaceAll("_");
    return EDGES.matcher(separated).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
