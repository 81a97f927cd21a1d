package fortnight.testdata;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the transactions of a format, naively. The pointers are those of the analyzer's presets.
 *
 * @param items pointer to the line items, or null: a transaction without items
 * @param precision of the times
 * @param where whether a record is a transaction
 */
record ProductShape(
    String name,
    String id,
    String time,
    Function<JsonNode, Instant> instant,
    ChronoUnit precision,
    String customer,
    String items,
    String item,
    String quantity,
    Predicate<JsonNode> where) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static final ProductShape FORTNIGHT =
      new ProductShape(
          "fortnight",
          "/transaction_id",
          "/timestamp",
          time -> LocalDateTime.parse(time.textValue()).toInstant(ZoneOffset.UTC),
          ChronoUnit.MICROS,
          "/customer_id",
          "/line_items",
          "item_id",
          "quantity",
          record -> true);

  static final List<ProductShape> PRODUCTS =
      List.of(
          new ProductShape(
              "shopify",
              "/id",
              "/created_at",
              time -> OffsetDateTime.parse(time.textValue()).toInstant(),
              ChronoUnit.MILLIS,
              "/customer/id",
              "/line_items",
              "product_id",
              "quantity",
              record -> !record.at("/test").booleanValue()),
          new ProductShape(
              "square",
              "/id",
              "/created_at",
              time -> Instant.parse(time.textValue()),
              ChronoUnit.MILLIS,
              "/customer_id",
              "/line_items",
              "catalog_object_id",
              "quantity",
              record -> record.at("/state").asText().equals("COMPLETED")),
          new ProductShape(
              "stripe",
              "/id",
              "/created",
              time -> Instant.ofEpochSecond(Long.parseLong(time.asText())),
              ChronoUnit.SECONDS,
              "/customer",
              null,
              null,
              null,
              record -> record.at("/status").asText().equals("succeeded")),
          new ProductShape(
              "segment",
              "/properties/order_id",
              "/timestamp",
              time -> Instant.parse(time.textValue()),
              ChronoUnit.MILLIS,
              "/userId",
              "/properties/products",
              "product_id",
              "quantity",
              record -> record.at("/event").asText().equals("Order Completed")),
          new ProductShape(
              "ga4",
              "/ecommerce/transaction_id",
              "/event_timestamp",
              time -> Instant.EPOCH.plus(Long.parseLong(time.asText()), ChronoUnit.MICROS),
              ChronoUnit.MICROS,
              "/user_pseudo_id",
              "/items",
              "item_id",
              "quantity",
              record -> record.at("/event_name").asText().equals("purchase")));

  static JsonNode parse(String line) throws IOException {
    return JSON.readTree(line);
  }

  /** The transactions of some lines, in their order; all lines must be well-formed. */
  List<Sale> sales(List<String> lines) throws IOException {
    List<Sale> sales = new ArrayList<>();
    for (String line : lines) {
      JsonNode record = parse(line);
      if (where.test(record)) {
        sales.add(sale(record));
      }
    }
    return sales;
  }

  private Sale sale(JsonNode record) {
    List<Line> lines = new ArrayList<>();
    if (items != null) {
      for (JsonNode line : record.at(items)) {
        lines.add(new Line(line.get(item).longValue(), line.get(quantity).asInt()));
      }
    }
    return new Sale(
        record.at(id).asText(),
        instant.apply(record.at(time)),
        record.at(customer).longValue(),
        lines);
  }

  /** The same transaction as this format can express it, without its id. */
  Sale expressible(Sale sale) {
    return new Sale(
        "",
        sale.time.truncatedTo(precision),
        sale.customer,
        items == null ? List.of() : sale.lines);
  }

  @Override
  public String toString() {
    return name;
  }

  /** A transaction. */
  record Sale(String id, Instant time, long customer, List<Line> lines) {}

  /** A line item. */
  record Line(long item, int quantity) {}
}
