package fortnight.testdata.formats;

import java.util.Locale;
import java.util.Map;

/**
 * Square's Order object. Quantities are strings, and fields without a value are absent. One
 * transaction in ten follows an order that is open or canceled.
 */
final class SquareFormat implements RecordShape {
  private static final int TRANSACTIONS_PER_OTHER_ORDER = 10;

  private static final Template LINE_ITEM =
      new Template(
              """
              {
                "uid": "${uid}",
                "catalog_object_id": ${catalog_object_id},
                "catalog_version": 1594000000000,
                "quantity": "${quantity}",
                "name": "${name}",
                "variation_name": "Regular",
                "base_price_money": {
                  "amount": ${unit_amount},
                  "currency": "USD"
                },
                "note": "Leave with \\"Sam\\" at the caf\\u00e9",
                "modifiers": [],
                "gross_sales_money": {
                  "amount": ${amount},
                  "currency": "USD"
                },
                "total_tax_money": {
                  "amount": 0,
                  "currency": "USD"
                },
                "total_discount_money": {
                  "amount": 0,
                  "currency": "USD"
                },
                "total_money": {
                  "amount": ${amount},
                  "currency": "USD"
                },
                "variation_total_price_money": {
                  "amount": ${amount},
                  "currency": "USD"
                },
                "item_type": "ITEM"
              }
              """)
          .with("uid", (order, line) -> "li" + Transaction.code(order.id(), 16) + line)
          .with("catalog_object_id", (order, line) -> order.purchase().item(line))
          .with("quantity", (order, line) -> order.purchase().quantity(line))
          .with("name", Transaction::title)
          .with("unit_amount", Transaction::unitCents)
          .with("amount", Transaction::cents);

  private static final Template COMPLETED =
      new Template(
              """
              {
                "id": "${id}",
                "location_id": "${location_id}",
                "reference_id": "${number}",
                "source": {
                  "name": "Point of Sale \\u2013 Größe M"
                },
                "customer_id": ${customer_id},
                "line_items": [${line_items}],
                "fulfillments": [
                  {
                    "uid": "ful${number}",
                    "type": "SHIPMENT",
                    "state": "COMPLETED",
                    "shipment_details": {
                      "recipient": {
                        "display_name": "${display_name}",
                        "address": {
                          "address_line_1": "${street}",
                          "locality": "${city}",
                          "administrative_district_level_1": "${region}",
                          "postal_code": "${postal_code}",
                          "country": "${country}"
                        }
                      }
                    }
                  }
                ],
                "net_amounts": {
                  "total_money": {
                    "amount": ${total},
                    "currency": "USD"
                  },
                  "tax_money": {
                    "amount": 0,
                    "currency": "USD"
                  },
                  "discount_money": {
                    "amount": 0,
                    "currency": "USD"
                  },
                  "tip_money": {
                    "amount": 0,
                    "currency": "USD"
                  },
                  "service_charge_money": {
                    "amount": 0,
                    "currency": "USD"
                  }
                },
                "created_at": "${created_at}",
                "updated_at": "${created_at}",
                "closed_at": "${created_at}",
                "state": "COMPLETED",
                "version": 4,
                "total_tax_money": {
                  "amount": 0,
                  "currency": "USD"
                },
                "total_discount_money": {
                  "amount": 0,
                  "currency": "USD"
                },
                "total_tip_money": {
                  "amount": 0,
                  "currency": "USD"
                },
                "total_money": {
                  "amount": ${total},
                  "currency": "USD"
                },
                "tenders": [
                  {
                    "id": "T${id}",
                    "location_id": "${location_id}",
                    "transaction_id": "${id}",
                    "created_at": "${created_at}",
                    "amount_money": {
                      "amount": ${total},
                      "currency": "USD"
                    },
                    "type": "CARD",
                    "card_details": {
                      "status": "CAPTURED",
                      "card": {
                        "card_brand": "VISA",
                        "last_4": "1111"
                      },
                      "entry_method": "EMV"
                    }
                  }
                ]
              }
              """)
          .with("id", order -> id("CA", order))
          .with("location_id", SquareFormat::location)
          .with("number", Transaction::id)
          .with("customer_id", order -> order.purchase().customer())
          .with("display_name", order -> order.address().name())
          .with("street", order -> order.address().street())
          .with("city", order -> order.address().city())
          .with("region", order -> order.address().regionCode())
          .with("postal_code", order -> order.address().postalCode())
          .with("country", order -> order.address().countryCode())
          .with("total", Transaction::totalCents)
          .with("created_at", Transaction::utc)
          .withLineItems("line_items", LINE_ITEM);

  private static final Template NOT_COMPLETED =
      new Template(
              """
              {
                "id": "${id}",
                "location_id": "${location_id}",
                "source": {
                  "name": "Online store"
                },
                "customer_id": ${customer_id},
                "line_items": [${line_items}],
                "created_at": "${created_at}",
                "updated_at": "${created_at}",
                "state": "${state}",
                "version": 1,
                "total_money": {
                  "amount": ${total},
                  "currency": "USD"
                },
                "net_amount_due_money": {
                  "amount": ${total},
                  "currency": "USD"
                }
              }
              """)
          .with("id", order -> id("CB", order))
          .with("location_id", SquareFormat::location)
          .with("customer_id", order -> order.purchase().customer())
          .with("created_at", Transaction::utc)
          .with(
              "state",
              order -> order.id() / TRANSACTIONS_PER_OTHER_ORDER % 2 == 0 ? "CANCELED" : "OPEN")
          .with("total", Transaction::totalCents)
          .withLineItems("line_items", LINE_ITEM);

  @Override
  public String name() {
    return "square";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(
        Field.ID, "/id",
        Field.TIME, "/created_at",
        Field.ITEM, "/line_items/0/catalog_object_id",
        Field.QUANTITY, "/line_items/0/quantity");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    COMPLETED.write(transaction, record);
  }

  @Override
  public boolean hasOtherBefore(Transaction transaction) {
    return transaction.id() % TRANSACTIONS_PER_OTHER_ORDER == 0;
  }

  @Override
  public void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    NOT_COMPLETED.write(transaction.earlier(90), record);
  }

  private static String location(Transaction order) {
    return "L0FN7PETS" + Transaction.code(order.purchase().store(), 4).toUpperCase(Locale.ROOT);
  }

  private static String id(String prefix, Transaction order) {
    return prefix + Transaction.code(order.id(), 25).toUpperCase(Locale.ROOT);
  }
}
