package fortnight.transforms.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats with a name. */
public enum Preset {
  /** The format of the simulator. */
  FORTNIGHT(
      "id=transaction_id",
      "time=timestamp",
      "customer=customer_id",
      "item=line_items[].item_id",
      "quantity=line_items[].quantity"),

  /** Orders of Shopify's REST Admin API. */
  SHOPIFY(
      "id=id",
      "time=created_at",
      "customer=customer.id",
      "item=line_items[].product_id",
      "quantity=line_items[].quantity",
      "where=test != true"),

  /** Orders of Square's Orders API. */
  SQUARE(
      "id=id",
      "time=created_at",
      "customer=customer_id",
      "item=line_items[].catalog_object_id",
      "quantity=line_items[].quantity",
      "where=state = \"COMPLETED\""),

  /** Charges of Stripe's API; a charge has no line items. */
  STRIPE(
      "id=id",
      "time=created",
      "timeUnit=s",
      "customer=customer",
      "item=\"all\"",
      "where=status = \"succeeded\""),

  /** The event Order Completed of Segment's e-commerce spec. */
  SEGMENT(
      "id=properties.order_id",
      "time=timestamp",
      "customer=userId",
      "item=properties.products[].product_id",
      "quantity=properties.products[].quantity",
      "where=event = \"Order Completed\""),

  /** Purchases in Google Analytics 4's export to BigQuery. */
  GA4(
      "id=ecommerce.transaction_id",
      "time=event_timestamp",
      "timeUnit=us",
      "customer=user_pseudo_id",
      "item=items[].item_id",
      "quantity=items[].quantity",
      "where=event_name = \"purchase\""),

  /** The CSV file Online Retail of the UCI Machine Learning Repository: one row per line item. */
  UCI(
      "records=csv",
      "charset=ISO-8859-1",
      "id=InvoiceNo",
      "time=InvoiceDate",
      "timePattern='M/d/yyyy H:mm'",
      "customer=CustomerID",
      "item=StockCode",
      "quantity=Quantity");

  /** Keys of which only one can be set. */
  private static final List<List<String>> ALTERNATIVES =
      List.of(List.of("timeUnit", "timePattern"), List.of("price", "amount"));

  private final String keys;

  Preset(String... keys) {
    this.keys = String.join(",", keys);
  }

  /** Returns the preset with this name; empty if there is none. */
  public static Optional<Preset> named(String name) {
    return Arrays.stream(values()).filter(preset -> preset.title().equals(name)).findFirst();
  }

  public static List<String> titles() {
    return Arrays.stream(values()).map(Preset::title).toList();
  }

  /** Returns the name as users write it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the keys and values of the format. */
  public List<FormatEntry> entries() {
    return FormatText.entries(keys, new ArrayList<>());
  }

  /** Returns further keys, with those of the preset that they do not replace. */
  List<FormatEntry> extendedBy(List<FormatEntry> further) {
    Set<String> keys = further.stream().map(FormatEntry::key).collect(Collectors.toSet());
    for (List<String> alternatives : ALTERNATIVES) {
      if (alternatives.stream().anyMatch(keys::contains)) {
        keys.addAll(alternatives);
      }
    }
    List<FormatEntry> all = new ArrayList<>(further);
    entries().stream()
        .filter(entry -> entry.key().equals("where") || !keys.contains(entry.key()))
        .forEach(all::add);
    return all;
  }

  public RecordFormat format() {
    return RecordFormat.of(entries());
  }
}
