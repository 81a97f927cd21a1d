package fortnight.testdata.formats;

import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Events of Google Analytics 4, exported from BigQuery as JSON: integers are strings, and fields
 * that are null are absent. A transaction is the event {@code purchase}; it follows a {@code
 * page_view} or a {@code view_item}.
 */
final class Ga4Format implements RecordShape {
  private static final int TRANSACTIONS_PER_VIEW_ITEM = 3;

  private static final String USER_AND_DEVICE =
      """
      "user_pseudo_id": ${user_pseudo_id},
      "privacy_info": {
        "analytics_storage": "Yes",
        "ads_storage": "Yes",
        "uses_transient_token": "No"
      },
      "user_properties": [],
      "user_first_touch_timestamp": "1611797439727581",
      "device": {
        "category": "desktop",
        "mobile_brand_name": "Google",
        "mobile_model_name": "Chrome",
        "mobile_marketing_name": "\\u003cOther\\u003e",
        "operating_system": "Web",
        "language": "en-ca",
        "is_limited_ad_tracking": "No",
        "web_info": {
          "browser": "Chrome",
          "browser_version": "120.0.0.0",
          "hostname": "www.example.com"
        }
      },
      "geo": {
        "city": "${city}",
        "country": "${country}",
        "continent": "Americas",
        "region": "${region}",
        "sub_continent": "Northern America",
        "metro": "(not set)"
      },
      "traffic_source": {
        "name": "(direct)",
        "medium": "(none)",
        "source": "(direct)"
      },
      "stream_id": "2100450278",
      "platform": "WEB",
      """;

  private static final Template ITEM =
      new Template(
              """
              {
                "item_id": ${item_id},
                "item_name": "${item_name}",
                "item_brand": "Fortnight Pets",
                "item_variant": "\\"M\\"",
                "item_category": "${category}",
                "price": ${price},
                "quantity": "${quantity}",
                "item_revenue": ${revenue},
                "item_list_index": "${index}",
                "location_id": "${store}",
                "item_params": []
              }
              """)
          .with("item_id", (order, line) -> order.purchase().item(line))
          .with("item_name", Transaction::title)
          .with("category", Transaction::category)
          .with("price", (order, line) -> Transaction.decimal(order.unitCents(line)))
          .with("quantity", (order, line) -> order.purchase().quantity(line))
          .with("revenue", (order, line) -> Transaction.decimal(order.cents(line)))
          .with("index", (order, line) -> line + 1)
          .with("store", (order, line) -> order.purchase().store());

  private static final Template PURCHASE =
      event(
              """
              {
                "event_date": "${event_date}",
                "event_timestamp": "${event_timestamp}",
                "event_name": "purchase",
                "event_params": [
                  {
                    "key": "transaction_id",
                    "value": {
                      "string_value": "T-${number}"
                    }
                  },
                  {
                    "key": "ga_session_id",
                    "value": {
                      "int_value": "${session}"
                    }
                  },
                  {
                    "key": "value",
                    "value": {
                      "double_value": ${total}
                    }
                  },
                  {
                    "key": "page_title",
                    "value": {
                      "string_value": "Größe M \\u2013 \\"Checkout\\""
                    }
                  }
                ],
                "event_value_in_usd": ${total},
                "event_bundle_sequence_id": "${session}",
                %s
                "ecommerce": {
                  "total_item_quantity": "${units}",
                  "purchase_revenue_in_usd": ${total},
                  "purchase_revenue": ${total},
                  "tax_value": 0.0,
                  "unique_items": "${lines}",
                  "transaction_id": "T-${number}"
                },
                "items": [${items}],
                "is_active_user": true
              }
              """)
          .with("number", Transaction::id)
          .with("total", order -> Transaction.decimal(order.totalCents()))
          .with("units", Transaction::units)
          .with("lines", order -> order.purchase().lineItems())
          .withLineItems("items", ITEM);

  private static final Template VIEW_ITEM =
      event(
              """
              {
                "event_date": "${event_date}",
                "event_timestamp": "${event_timestamp}",
                "event_name": "view_item",
                "event_params": [
                  {
                    "key": "ga_session_id",
                    "value": {
                      "int_value": "${session}"
                    }
                  }
                ],
                "event_bundle_sequence_id": "${session}",
                %s
                "ecommerce": {
                  "unique_items": "1"
                },
                "items": [
                  {
                    "item_id": ${item_id},
                    "item_name": "${item_name}",
                    "item_params": []
                  }
                ],
                "is_active_user": true
              }
              """)
          .with("item_id", (order, line) -> order.purchase().item(line))
          .with("item_name", Transaction::title);

  private static final Template PAGE_VIEW =
      event(
          """
          {
            "event_date": "${event_date}",
            "event_timestamp": "${event_timestamp}",
            "event_name": "page_view",
            "event_params": [
              {
                "key": "page_location",
                "value": {
                  "string_value": "https://www.example.com/?utm_source=news\\u0026utm_medium=email"
                }
              },
              {
                "key": "ga_session_id",
                "value": {
                  "int_value": "${session}"
                }
              }
            ],
            "event_bundle_sequence_id": "${session}",
            %s
            "items": [],
            "is_active_user": true
          }
          """);

  private static Template event(String json) {
    return new Template(json.replace("%s\n", USER_AND_DEVICE))
        .with(
            "event_date",
            order -> DateTimeFormatter.BASIC_ISO_DATE.format(order.local().toLocalDate()))
        .with("event_timestamp", order -> order.purchase().micros())
        .with("session", order -> 1_600_000_000L + order.id())
        .with("user_pseudo_id", order -> order.purchase().customer())
        .with("city", order -> order.address().city())
        .with("country", order -> order.address().country())
        .with("region", order -> order.address().region());
  }

  @Override
  public String name() {
    return "ga4";
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of(
        Field.ID, "/ecommerce/transaction_id",
        Field.TIME, "/event_timestamp",
        Field.ITEM, "/items/0/item_id",
        Field.QUANTITY, "/items/0/quantity");
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    PURCHASE.write(transaction, record);
  }

  @Override
  public boolean hasOtherBefore(Transaction transaction) {
    return true;
  }

  @Override
  public void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    Template event = transaction.id() % TRANSACTIONS_PER_VIEW_ITEM == 0 ? VIEW_ITEM : PAGE_VIEW;
    event.write(transaction.earlier(60), record);
  }
}
