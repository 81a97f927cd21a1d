package fortnight.testdata.formats;

import java.util.Map;

/**
 * Events of Segment's spec, as sources deliver them. A transaction is the track event "Order
 * Completed"; it follows a track event "Product Viewed", or a page event, which has no {@code
 * event}.
 */
final class SegmentFormat implements RecordShape {
  private static final int TRANSACTIONS_PER_PAGE = 3;

  private static final String CONTEXT =
      """
      "context": {
        "ip": "203.0.113.17",
        "library": {
          "name": "analytics.js",
          "version": "next-1.53.0"
        },
        "locale": "de-DE",
        "page": {
          "path": "/checkout",
          "referrer": "",
          "search": "?q=Hundefutter%20f%C3%BCr%20Welpen",
          "title": "Größe M \\u2013 \\"Fortnight\\" Pets",
          "url": "https://www.example.com/checkout"
        },
        "timezone": "Europe/Berlin",
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101",
        "campaign": {}
      },
      """;

  private static final Template PRODUCT =
      new Template(
              """
              {
                "product_id": ${product_id},
                "sku": "PET-${product_id}",
                "name": "${name}",
                "price": ${price},
                "position": ${position},
                "quantity": ${quantity},
                "category": "${category}",
                "brand": null,
                "url": "https://www.example.com/product/${product_id}"
              }
              """)
          .with("product_id", (order, line) -> order.purchase().item(line))
          .with("name", Transaction::title)
          .with("price", (order, line) -> Transaction.decimal(order.unitCents(line)))
          .with("category", Transaction::category)
          .with("position", (order, line) -> line + 1)
          .with("quantity", (order, line) -> order.purchase().quantity(line));

  private static final Template ORDER_COMPLETED =
      event(
              """
              {
                "anonymousId": "${anonymous_id}",
                %s
                "event": "Order Completed",
                "integrations": {},
                "messageId": "ajs-next-${message_id}",
                "originalTimestamp": "${timestamp}",
                "properties": {
                  "checkout_id": "c${message_id}",
                  "order_id": "order-${number}",
                  "affiliation": "Store ${store}",
                  "total": ${total},
                  "revenue": ${total},
                  "shipping": 0,
                  "tax": 0,
                  "discount": 0,
                  "coupon": "",
                  "currency": "USD",
                  "recipient": "${recipient}",
                  "city": "${city}",
                  "products": [${products}]
                },
                "receivedAt": "${timestamp}",
                "sentAt": "${timestamp}",
                "timestamp": "${timestamp}",
                "type": "track",
                "userId": ${user_id},
                "version": 2
              }
              """)
          .with("message_id", order -> Transaction.code(order.id(), 24))
          .with("number", Transaction::id)
          .with("total", order -> Transaction.decimal(order.totalCents()))
          .with("store", order -> order.purchase().store())
          .with("recipient", order -> order.address().name())
          .with("city", order -> order.address().city())
          .withLineItems("products", PRODUCT);

  private static final Template PRODUCT_VIEWED =
      event(
              """
              {
                "anonymousId": "${anonymous_id}",
                %s
                "event": "Product Viewed",
                "integrations": {},
                "messageId": "ajs-next-${message_id}",
                "originalTimestamp": "${timestamp}",
                "properties": {
                  "product_id": ${product_id},
                  "name": "${name}",
                  "currency": "USD",
                  "price": ${price},
                  "quantity": 1,
                  "variant": null
                },
                "receivedAt": "${timestamp}",
                "sentAt": "${timestamp}",
                "timestamp": "${timestamp}",
                "type": "track",
                "userId": ${user_id},
                "version": 2
              }
              """)
          .with("message_id", order -> "v" + Transaction.code(order.id(), 23))
          .with("product_id", (order, line) -> order.purchase().item(line))
          .with("name", Transaction::title)
          .with("price", (order, line) -> Transaction.decimal(order.unitCents(line)));

  private static final Template PAGE =
      event(
              """
              {
                "anonymousId": "${anonymous_id}",
                %s
                "integrations": {},
                "messageId": "ajs-next-${message_id}",
                "name": "Home",
                "originalTimestamp": "${timestamp}",
                "properties": {
                  "path": "/",
                  "referrer": "https://www.example.org/",
                  "search": "",
                  "title": "Home",
                  "url": "https://www.example.com/"
                },
                "receivedAt": "${timestamp}",
                "sentAt": "${timestamp}",
                "timestamp": "${timestamp}",
                "type": "page",
                "userId": ${user_id},
                "version": 2
              }
              """)
          .with("message_id", order -> "p" + Transaction.code(order.id(), 23));

  private static Template event(String json) {
    return new Template(json.replace("%s\n", CONTEXT))
        .with("anonymous_id", order -> "anon-" + order.purchase().customer())
        .with("timestamp", Transaction::utc)
        .with("user_id", order -> order.purchase().customer());
  }

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(
        Field.ID, "/properties/order_id",
        Field.TIME, "/timestamp",
        Field.ITEM, "/properties/products/0/product_id",
        Field.QUANTITY, "/properties/products/0/quantity");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    ORDER_COMPLETED.write(transaction, record);
  }

  @Override
  public boolean hasOtherBefore(Transaction transaction) {
    return true;
  }

  @Override
  public void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    Template event = transaction.id() % TRANSACTIONS_PER_PAGE == 0 ? PAGE : PRODUCT_VIEWED;
    event.write(transaction.earlier(45), record);
  }
}
