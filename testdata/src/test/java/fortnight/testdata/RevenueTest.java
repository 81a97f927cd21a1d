package fortnight.testdata;

import static java.math.BigDecimal.ZERO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The revenue of the truth, by week, product, store and category, against sums over records. */
class RevenueTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] SMALL = {"--transactions=3000", "--products=50"};

  /** A row of the truth; groups: analysis, day, item, store or category, the volume. */
  private static final Pattern ROW =
      Pattern.compile(
          "\\{\"analysis\":\"([a-z]+-volume)\",\"window_start\":\"([-0-9]{10})T00:00:00\","
              + "\"window_end\":\"[-0-9]{10}T00:00:00\"(?:,\"(?:item_id|store|category)\":\"?([^\",]+)\"?)?"
              + "((?:,\"(?:transactions|line_items|units)\":\\d+)+,\"revenue\":\\d+\\.\\d\\d)"
              + "(?:,\"first_transaction\":\"[^\"]+\",\"last_transaction\":\"[^\"]+\")?}");

  @TempDir Path folder;

  private SimulatedFiles shop;
  private final Map<Long, JsonNode> catalog = new HashMap<>();

  @BeforeEach
  void readTheCatalog() throws IOException {
    shop = new SimulatedFiles(folder);
    Path file = folder.resolve("catalog.jsonl");
    simulate("--catalog=" + file);
    for (String line : Files.readAllLines(file, UTF_8)) {
      JsonNode product = JSON.readTree(line);
      catalog.put(product.get("item_id").longValue(), product);
    }
  }

  @Test
  void isTheSumOverRecordsWithPrices() throws IOException {
    simulate("--withPrices");

    List<Sale> sales = new ArrayList<>();
    for (JsonNode record : shop.records()) {
      LocalDateTime time = LocalDateTime.parse(record.get("timestamp").textValue());
      for (JsonNode line : record.get("line_items")) {
        sales.add(
            new Sale(
                record.get("transaction_id").longValue(),
                week(time),
                record.get("store_id").longValue(),
                line.get("item_id").longValue(),
                line.get("category").textValue(),
                line.get("quantity").longValue(),
                line.get("unit_price").asText()));
      }
    }
    assertThat(volumes(sales)).isEqualTo(truth());
  }

  @Test
  void isTheSumOverOrdersOfShopify() throws IOException {
    simulate("--format=shopify");

    List<Sale> sales = new ArrayList<>();
    for (JsonNode order : shop.records()) {
      if (!order.get("test").booleanValue()) {
        sales.addAll(salesOfShopify(order));
      }
    }
    assertThat(volumes(sales)).isEqualTo(truth());
  }

  private List<Sale> salesOfShopify(JsonNode order) {
    OffsetDateTime time = OffsetDateTime.parse(order.get("created_at").textValue());
    List<Sale> sales = new ArrayList<>();
    for (JsonNode line : order.get("line_items")) {
      long item = line.get("product_id").longValue();
      sales.add(
          new Sale(
              order.get("id").longValue(),
              week(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()),
              order.get("location_id").longValue(),
              item,
              catalog.get(item).get("category").textValue(),
              line.get("quantity").longValue(),
              line.get("price").textValue()));
    }
    BigDecimal total = sales.stream().map(Sale::revenue).reduce(ZERO, BigDecimal::add);
    assertThat(new BigDecimal(order.get("total_price").textValue())).isEqualTo(total);
    return sales;
  }

  @Test
  void recordsHaveThePricesAndCategoriesOfTheCatalog() throws IOException {
    simulate("--withPrices");

    for (JsonNode record : shop.records()) {
      for (JsonNode line : record.get("line_items")) {
        JsonNode product = catalog.get(line.get("item_id").longValue());
        assertThat(line.get("unit_price")).isEqualTo(product.get("price"));
        assertThat(line.get("category")).isEqualTo(product.get("category"));
      }
    }
  }

  @Test
  void recordsWithPricesHaveTheOtherFieldsUnchanged() throws IOException {
    simulate("--duplicates=0.1", "--outOfOrder=1h");
    List<String> lines = shop.lines();

    simulate("--duplicates=0.1", "--outOfOrder=1h", "--withPrices");

    assertThat(shop.lines())
        .allMatch(line -> line.matches(".*, \"store_id\": ([1-9]|10), \"timestamp\".*"))
        .extracting(RevenueTest::withoutPrices)
        .isEqualTo(lines);
  }

  @Test
  void storesAndCategoriesWithSalesFollowTheProductsOfTheWeek() throws IOException {
    simulate();

    List<String> keys =
        rows().stream()
            .filter(row -> row.group(2).equals("2022-01-03"))
            .map(row -> row.group(1) + " " + row.group(3))
            .map(key -> key.replaceFirst("(product-volume) \\d+", "$1"))
            .distinct()
            .toList();
    assertThat(keys)
        .containsExactly(
            "weekly-volume null",
            "product-volume",
            "store-volume 1",
            "store-volume 2",
            "store-volume 3",
            "store-volume 4",
            "store-volume 5",
            "store-volume 6",
            "store-volume 7",
            "store-volume 8",
            "store-volume 9",
            "category-volume Dry Cat Food",
            "category-volume Dry Dog Food",
            "category-volume Kitty Litter",
            "category-volume Poop Bags",
            "category-volume Seasonal");
  }

  private void simulate(String... flags) {
    List<String> all = new ArrayList<>(List.of(SMALL));
    all.addAll(List.of(flags));
    shop.simulate(all.toArray(String[]::new));
  }

  private static String withoutPrices(String line) {
    return line.replaceFirst(", \"store_id\": \\d+", "")
        .replaceAll(", \"unit_price\": \\d+\\.\\d\\d, \"category\": \"[A-Za-z ]+\"", "");
  }

  private static LocalDate week(LocalDateTime time) {
    return time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** The volumes of the truth file by analysis, week, and item, store or category. */
  private Map<String, String> truth() throws IOException {
    Map<String, String> volumes = new TreeMap<>();
    for (Matcher row : rows()) {
      volumes.put(row.group(1) + " " + row.group(2) + " " + row.group(3), row.group(4));
    }
    return volumes;
  }

  private List<Matcher> rows() throws IOException {
    List<Matcher> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("truth.jsonl"), UTF_8)) {
      if (line.startsWith("{\"analysis\"")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        rows.add(row);
      }
    }
    return rows;
  }

  private static Map<String, String> volumes(List<Sale> sales) {
    Map<String, Volume> volumes = new TreeMap<>();
    for (Sale sale : sales) {
      for (String key :
          List.of(
              "weekly-volume " + sale.week + " null",
              "product-volume " + sale.week + " " + sale.item,
              "store-volume " + sale.week + " " + sale.store,
              "category-volume " + sale.week + " " + sale.category)) {
        volumes.computeIfAbsent(key, unused -> new Volume()).add(sale);
      }
    }
    Map<String, String> texts = new TreeMap<>();
    volumes.forEach((key, volume) -> texts.put(key, volume.text(key)));
    return texts;
  }

  /** A line item. */
  private record Sale(
      long transaction,
      LocalDate week,
      long store,
      long item,
      String category,
      long quantity,
      String price) {

    BigDecimal revenue() {
      return new BigDecimal(price).multiply(BigDecimal.valueOf(quantity));
    }
  }

  private static final class Volume {
    private final Set<Long> transactions = new HashSet<>();
    private long lineItems;
    private long units;
    private BigDecimal revenue = ZERO;

    void add(Sale sale) {
      transactions.add(sale.transaction);
      lineItems++;
      units += sale.quantity;
      revenue = revenue.add(sale.revenue());
    }

    String text(String key) {
      String counts =
          key.startsWith("weekly") || key.startsWith("store")
              ? ",\"transactions\":" + transactions.size()
              : "";
      return "%s,\"line_items\":%d,\"units\":%d,\"revenue\":%s"
          .formatted(counts, lineItems, units, revenue.setScale(2));
    }
  }
}
