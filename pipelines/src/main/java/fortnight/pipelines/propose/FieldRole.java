package fortnight.pipelines.propose;

import fortnight.transforms.formats.FieldPath;
import java.util.List;

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
      "email",
      "mail"),
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
      "article",
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

  /** Separated by commas, because an enum is immutable. */
  private final String names;

  FieldRole(String... names) {
    this.names = String.join(",", names);
  }

  /** Returns the place of the field's name in the order of preference; -1 if it has another. */
  int rank(FieldPath path) {
    return List.of(names.split(",", -1)).indexOf(FieldNames.of(path));
  }

  /** Returns whether a field can have this role. */
  boolean accepts(FieldPath path) {
    return rank(path) >= 0;
  }
}
