package fortnight.pipelines;

import static fortnight.pipelines.NaiveModel.shortest;
import static fortnight.pipelines.NaiveModel.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The analyses of sales with prices, currencies, and two dimensions: each row asks every line item.
 * Quantities have one decimal, and prices two.
 *
 * @param distance how much earlier the previous period begins
 */
record RevenueModel(List<Sale> sales, Period length, Period distance) {
  static final String FORMAT =
      "id=id,time=at,item=lines[].sku,quantity=lines[].n,quantityDecimals=1,price=lines[].price,"
          + "currency=currency,by.store=store.id,by.category=lines[].category";

  /** JSON of items and of values of dimensions, in the order of rows. */
  static final List<String> VALUES = List.of("null", "-1", "7", "10", "\"10\"", "\"7\"", "\"b\"");

  private static final int MISSING_SHARE = 20;

  /** A transaction; its values are JSON. */
  record Sale(LocalDateTime at, String currency, String store, List<Line> lines) {
    String json() {
      List<String> items = lines.stream().map(Line::json).toList();
      return "{\"id\":1,\"at\":\"%s\",\"currency\":\"%s\",\"store\":{\"id\":%s},\"lines\":[%s]}"
          .formatted(time(at), currency, store, String.join(",", items));
    }
  }

  record Line(String item, String category, BigDecimal quantity, BigDecimal price) {
    String json() {
      return "{\"sku\":%s,\"category\":%s,\"n\":%s,\"price\":\"%s\"}"
          .formatted(item, category, quantity, price);
    }
  }

  /** A line item with what it shares with the others of its transaction. */
  private record Sold(Sale sale, Line line) {}

  /** The sums of some sales. */
  private record Sums(int transactions, int lineItems, BigDecimal units, BigDecimal revenue) {
    static Sums of(List<Sale> sales, List<Sold> sold) {
      BigDecimal units = new BigDecimal("0.0");
      BigDecimal revenue = new BigDecimal("0.000");
      for (Sold one : sold) {
        units = units.add(one.line.quantity.setScale(1));
        revenue = revenue.add(one.line.quantity.multiply(one.line.price).setScale(3));
      }
      return new Sums(sales.size(), sold.size(), units, revenue);
    }
  }

  /**
   * What rows are grouped by.
   *
   * @param name the beginning of the names of its files
   * @param ofSale null if each line item has a value
   * @param ofLine null if each sale has a value
   */
  private record Dimension(
      String name, String field, Function<Sale, String> ofSale, Function<Line, String> ofLine) {
    Sums sums(List<Sale> sales, String value) {
      List<Sale> of =
          ofSale == null
              ? sales
              : sales.stream().filter(sale -> ofSale.apply(sale).equals(value)).toList();
      return Sums.of(
          of,
          of.stream()
              .flatMap(sale -> sale.lines.stream().map(line -> new Sold(sale, line)))
              .filter(sold -> ofLine == null || ofLine.apply(sold.line).equals(value))
              .toList());
    }

    List<String> values(List<Sale> sales) {
      Stream<String> values =
          ofSale == null
              ? sales.stream().flatMap(sale -> sale.lines.stream()).map(ofLine)
              : sales.stream().map(ofSale);
      return values.distinct().sorted(Comparator.comparing(VALUES::indexOf)).toList();
    }
  }

  private static final Dimension SHOP = new Dimension("", null, sale -> "", null);
  private static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension("product-", "item_id", null, Line::item),
          new Dimension("store-", "store", Sale::store, null),
          new Dimension("category-", "category", null, Line::category));

  /** The text of every result file. */
  Map<String, String> files() {
    Map<String, StringBuilder> files = new HashMap<>();
    Map<String, StringBuilder> outliers = new TreeMap<>();
    for (LocalDateTime start : starts()) {
      for (String currency : currencies()) {
        List<Sale> in = in(currency, start, start.plus(length));
        if (!in.isEmpty()) {
          append(files, "weekly-volume", volume(start, currency, SHOP, "", in));
        }
        shopChanges(start, currency, files);
      }
      for (Dimension dimension : DIMENSIONS) {
        for (String value : dimension.values(sales)) {
          for (String currency : currencies()) {
            List<Sale> in = in(currency, start, start.plus(length));
            if (dimension.values(in).contains(value)) {
              String row = volume(start, currency, dimension, value, in);
              append(files, dimension.name + "volume", row);
            }
            changes(start, currency, dimension, value, files, outliers);
          }
        }
      }
    }
    outliers.values().forEach(rows -> append(files, "outliers", rows.toString()));
    Map<String, String> texts = new HashMap<>();
    files.forEach((name, rows) -> texts.put(name + ".jsonl", rows.toString()));
    return texts;
  }

  private void shopChanges(LocalDateTime start, String currency, Map<String, StringBuilder> files) {
    List<LocalDateTime> times = in(currency).stream().map(Sale::at).sorted().toList();
    Sums previous = SHOP.sums(previous(currency, start), "");
    Sums current = SHOP.sums(in(currency, start, start.plus(length)), "");
    int version = previous.transactions + current.transactions;
    boolean isBetween =
        start.plus(length).isAfter(times.get(0)) && !start.isAfter(times.get(times.size() - 1));
    if (version > 0 || isBetween) {
      BigDecimal before = BigDecimal.valueOf(previous.transactions);
      BigDecimal after = BigDecimal.valueOf(current.transactions);
      String scope = times(start) + currencyField(currency);
      append(files, "volume-change", "{" + scope + change(before, after) + pane(version));
      String revenue = change(previous.revenue, current.revenue);
      append(files, "revenue-change", "{" + scope + revenue + pane(version));
    }
  }

  private void changes(
      LocalDateTime start,
      String currency,
      Dimension dimension,
      String value,
      Map<String, StringBuilder> files,
      Map<String, StringBuilder> outliers) {
    List<Sale> before = previous(currency, start);
    List<Sale> after = in(currency, start, start.plus(length));
    if (!dimension.values(before).contains(value) && !dimension.values(after).contains(value)) {
      return;
    }
    Sums previous = dimension.sums(before, value);
    Sums current = dimension.sums(after, value);
    String scope = times(start) + field(dimension, value) + currencyField(currency);
    String pane = pane(previous.lineItems + current.lineItems);
    Map<String, String> changes =
        Map.of(
            dimension.name + "volume-change", change(previous.units, current.units),
            dimension.name + "revenue-change", change(previous.revenue, current.revenue));
    for (String analysis : new TreeSet<>(changes.keySet())) {
      String change = changes.get(analysis);
      append(files, analysis, "{" + scope + change + pane);
      String ratio = change.substring(change.lastIndexOf(':') + 1);
      boolean isOutlier =
          !ratio.equals("null")
              && (Double.parseDouble(ratio) >= 7 || Double.parseDouble(ratio) <= 0.15);
      if (isOutlier && isCovered(start)) {
        String direction = Double.parseDouble(ratio) > 1 ? "up" : "down";
        String head = "{\"analysis\":\"%s\",\"direction\":\"%s\",";
        String row = head.formatted(analysis, direction) + scope + change + pane;
        append(outliers, analysis, row);
      }
    }
  }

  private boolean isCovered(LocalDateTime start) {
    LocalDateTime end = start.plus(length);
    Duration missing = Duration.between(start, end).dividedBy(MISSING_SHARE);
    List<LocalDateTime> times = sales.stream().map(Sale::at).sorted().toList();
    return !times.get(0).isAfter(start.minus(distance).plus(missing))
        && !times.get(times.size() - 1).isBefore(end.minus(missing));
  }

  private String volume(
      LocalDateTime start, String currency, Dimension dimension, String value, List<Sale> in) {
    Sums sums = dimension.sums(in, value);
    String row = "{\"window_start\":\"" + time(start) + "\"";
    row += ",\"window_end\":\"" + time(start.plus(length)) + "\"";
    row += field(dimension, value) + currencyField(currency);
    row += dimension.ofLine == null ? ",\"transactions\":" + sums.transactions : "";
    row += ",\"line_items\":" + sums.lineItems;
    row += ",\"units\":" + sums.units + ",\"revenue\":" + sums.revenue.toPlainString();
    if (dimension.field != null) {
      return row + pane(sums.lineItems);
    }
    List<LocalDateTime> times = in.stream().map(Sale::at).sorted().toList();
    row += ",\"first_transaction\":\"" + time(times.get(0)) + "\"";
    row += ",\"last_transaction\":\"" + time(times.get(times.size() - 1)) + "\"";
    return row + pane(sums.transactions);
  }

  private static String change(BigDecimal previous, BigDecimal current) {
    double before = previous.unscaledValue().doubleValue();
    double after = current.unscaledValue().doubleValue();
    return ",\"previous\":%s,\"current\":%s,\"change\":%s,\"ratio\":%s"
        .formatted(
            previous.toPlainString(),
            current.toPlainString(),
            current.subtract(previous).toPlainString(),
            before > 0 ? ratio(after / before) : "null");
  }

  /** The fewest digits, with an exponent below 0.001 and from 10,000,000 on. */
  private static String ratio(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
      return shortest(value);
    }
    BigDecimal number = new BigDecimal(shortest(size)).stripTrailingZeros();
    String digits = number.unscaledValue().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + "."
        + (digits.length() > 1 ? digits.substring(1) : "0")
        + "E"
        + (digits.length() - 1 - number.scale());
  }

  private static String field(Dimension dimension, String value) {
    return dimension.field == null ? "" : ",\"" + dimension.field + "\":" + value;
  }

  private static String currencyField(String currency) {
    return ",\"currency\":\"" + currency + "\"";
  }

  private static String pane(int version) {
    return ",\"pane\":\"ON_TIME\",\"version\":" + version + "}\n";
  }

  private String times(LocalDateTime start) {
    return "\"previous_start\":\"%s\",\"current_start\":\"%s\",\"current_end\":\"%s\""
        .formatted(time(start.minus(distance)), time(start), time(start.plus(length)));
  }

  /** The starts of current periods, from the first sale to the last one. */
  private List<LocalDateTime> starts() {
    List<LocalDateTime> times = sales.stream().map(Sale::at).sorted().toList();
    LocalDateTime aligned =
        length.toTotalMonths() == 0
            ? LocalDateTime.of(1970, 1, 5, 0, 0) // a Monday
            : LocalDateTime.of(1970, 1, 1, 0, 0);
    LocalDateTime last = times.get(times.size() - 1);
    List<LocalDateTime> starts = new ArrayList<>();
    for (LocalDateTime start = aligned; !start.isAfter(last); start = start.plus(length)) {
      if (start.plus(length).isAfter(times.get(0))) {
        starts.add(start);
      }
    }
    return starts;
  }

  private List<String> currencies() {
    return sales.stream().map(Sale::currency).distinct().sorted().toList();
  }

  private List<Sale> in(String currency) {
    return sales.stream().filter(sale -> sale.currency.equals(currency)).toList();
  }

  private List<Sale> in(String currency, LocalDateTime start, LocalDateTime end) {
    return in(currency).stream()
        .filter(sale -> !sale.at.isBefore(start) && sale.at.isBefore(end))
        .toList();
  }

  private List<Sale> previous(String currency, LocalDateTime start) {
    LocalDateTime begin = start.minus(distance);
    return in(currency, begin, begin.plus(length));
  }

  private static void append(Map<String, StringBuilder> files, String name, String row) {
    files.computeIfAbsent(name, none -> new StringBuilder()).append(row);
  }
}
