package fortnight.testdata.formats;

import java.util.Map;

/**
 * The Order resource of Shopify's REST Admin API. Times have the offset of the shop. One
 * transaction in ten follows a test order, {@code "test": true}.
 */
final class ShopifyFormat implements RecordShape {
  private static final int TRANSACTIONS_PER_TEST_ORDER = 10;
  private static final long FIRST_ID = 5_100_000_000_000L;
  private static final long FIRST_TEST_ID = 4_900_000_000_000L;
  private static final long FIRST_LINE_ID = 13_200_000_000_000L;
  private static final int MAX_LINES = 100;

  private static final Template LINE_ITEM =
      new Template(
              """
              {
                "id": ${line_id},
                "admin_graphql_api_id": "gid://shopify/LineItem/${line_id}",
                "fulfillable_quantity": 0,
                "fulfillment_service": "manual",
                "fulfillment_status": "fulfilled",
                "gift_card": false,
                "grams": 450,
                "name": "${title}",
                "price": "${price}",
                "price_set": ${price_set},
                "product_exists": true,
                "product_id": ${product_id},
                "properties": [],
                "quantity": ${quantity},
                "requires_shipping": true,
                "sku": "PET-${product_id}",
                "taxable": true,
                "title": "${title}",
                "total_discount": "0.00",
                "variant_id": 4${product_id},
                "variant_title": null,
                "vendor": "Fortnight Pets",
                "tax_lines": [],
                "discount_allocations": []
              }
              """)
          .with("line_id", (order, line) -> FIRST_LINE_ID + order.id() * MAX_LINES + line)
          .with("title", Transaction::title)
          .with("price", (order, line) -> Transaction.decimal(order.unitCents(line)))
          .with("price_set", (order, line) -> moneySet(order.unitCents(line)))
          .with("product_id", (order, line) -> order.purchase().item(line))
          .with("quantity", (order, line) -> order.purchase().quantity(line));

  private static final Template ORDER =
      new Template(
              """
              {
                "id": ${id},
                "admin_graphql_api_id": "gid://shopify/Order/${id}",
                "app_id": 580111,
                "browser_ip": "203.0.113.17",
                "buyer_accepts_marketing": false,
                "cancel_reason": null,
                "cancelled_at": null,
                "cart_token": null,
                "checkout_id": 3${id},
                "checkout_token": "${token}",
                "client_details": {
                  "accept_language": "en-US,en;q=0.9",
                  "browser_height": 726,
                  "browser_ip": "203.0.113.17",
                  "browser_width": 1519,
                  "session_hash": null,
                  "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101"
                },
                "closed_at": null,
                "confirmed": true,
                "contact_email": "customer${customer}@example.com",
                "created_at": "${created_at}",
                "currency": "USD",
                "current_subtotal_price": "${total}",
                "current_total_discounts": "0.00",
                "current_total_duties_set": null,
                "current_total_price": "${total}",
                "current_total_tax": "0.00",
                "customer_locale": "en-CA",
                "device_id": null,
                "discount_codes": [],
                "email": "customer${customer}@example.com",
                "estimated_taxes": false,
                "financial_status": "paid",
                "fulfillment_status": "fulfilled",
                "landing_site": "/collections/pets?utm_source=news\\u0026utm_medium=email",
                "landing_site_ref": null,
                "location_id": ${location_id},
                "name": "#${order_number}",
                "note": "For \\"Rex\\"\\n\\u2764",
                "note_attributes": [],
                "number": ${number},
                "order_number": ${order_number},
                "original_total_duties_set": null,
                "payment_gateway_names": [
                  "${gateway}"
                ],
                "phone": null,
                "presentment_currency": "USD",
                "processed_at": "${created_at}",
                "reference": null,
                "referring_site": "https://www.example.com/search?q=dog\\u0026hl=en",
                "source_identifier": null,
                "source_name": "web",
                "source_url": null,
                "subtotal_price": "${total}",
                "subtotal_price_set": ${total_set},
                "tags": "",
                "tax_lines": [],
                "taxes_included": false,
                "test": ${test},
                "token": "${token}",
                "total_discounts": "0.00",
                "total_line_items_price": "${total}",
                "total_outstanding": "0.00",
                "total_price": "${total}",
                "total_price_set": ${total_set},
                "total_tax": "0.00",
                "total_tip_received": "0.00",
                "total_weight": 450,
                "updated_at": "${created_at}",
                "user_id": null,
                "billing_address": ${address},
                "customer": {
                  "id": ${customer},
                  "email": "customer${customer}@example.com",
                  "created_at": "2021-02-01T09:37:40-05:00",
                  "updated_at": "${created_at}",
                  "first_name": "${first_name}",
                  "last_name": "${last_name}",
                  "state": "disabled",
                  "note": null,
                  "verified_email": true,
                  "multipass_identifier": null,
                  "tax_exempt": false,
                  "phone": null,
                  "tags": "",
                  "currency": "USD",
                  "admin_graphql_api_id": "gid://shopify/Customer/${customer}"
                },
                "discount_applications": [],
                "fulfillments": [],
                "line_items": [${line_items}],
                "payment_terms": null,
                "refunds": [],
                "shipping_address": ${address},
                "shipping_lines": [
                  {
                    "id": 4${id},
                    "carrier_identifier": null,
                    "code": "Economy",
                    "discounted_price": "0.00",
                    "phone": null,
                    "price": "0.00",
                    "source": "shopify",
                    "title": "Economy",
                    "tax_lines": [],
                    "discount_allocations": []
                  }
                ]
              }
              """)
          .with("id", order -> FIRST_ID + order.id())
          .with("token", order -> Transaction.code(order.id(), 32))
          .with("customer", order -> order.purchase().customer())
          .with("created_at", Transaction::eastern)
          .with("total", order -> Transaction.decimal(order.totalCents()))
          .with("total_set", order -> moneySet(order.totalCents()))
          .with("number", Transaction::id)
          .with("order_number", order -> 1000 + order.id())
          .with("location_id", order -> order.purchase().store())
          .with("gateway", "shopify_payments")
          .with("test", "false")
          .with("address", order -> address(order.address()))
          .with("first_name", order -> order.address().firstName())
          .with("last_name", order -> order.address().lastName())
          .withLineItems("line_items", LINE_ITEM);

  private static final Template TEST_ORDER =
      ORDER
          .with("id", order -> FIRST_TEST_ID + order.id())
          .with("gateway", "bogus")
          .with("test", "true");

  @Override
  public String name() {
    return "shopify";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(
        Field.ID, "/id",
        Field.TIME, "/created_at",
        Field.ITEM, "/line_items/0/product_id",
        Field.QUANTITY, "/line_items/0/quantity");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    ORDER.write(transaction, record);
  }

  @Override
  public boolean hasOtherBefore(Transaction transaction) {
    return transaction.id() % TRANSACTIONS_PER_TEST_ORDER == 0;
  }

  @Override
  public void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    TEST_ORDER.write(transaction.earlier(30), record);
  }

  private static String moneySet(long cents) {
    String money = "{\"amount\":\"" + Transaction.decimal(cents) + "\",\"currency_code\":\"USD\"}";
    return "{\"shop_money\":" + money + ",\"presentment_money\":" + money + "}";
  }

  private static String address(Address address) {
    return """
    {"first_name":"%s","address1":"%s","phone":null,"city":"%s","zip":"%s","province":"%s",\
    "country":"%s","last_name":"%s","address2":null,"company":null,"latitude":40.6945304,\
    "longitude":-73.9940702,"name":"%s","country_code":"%s","province_code":"%s"}\
    """
        .formatted(
            address.firstName(),
            address.street(),
            address.city(),
            address.postalCode(),
            address.region(),
            address.country(),
            address.lastName(),
            address.name(),
            address.countryCode(),
            address.regionCode());
  }
}
