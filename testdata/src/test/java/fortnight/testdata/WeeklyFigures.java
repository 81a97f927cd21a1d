package fortnight.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Naive computation of what a shop sold by week, and by week and product. */
final class WeeklyFigures {
  private final Map<LocalDate, Week> weeks = new TreeMap<>();
  private final Map<LocalDate, Map<Long, Sales>> products = new TreeMap<>();

  private WeeklyFigures() {}

  /** The rows of the truth file as text: the analysis, the window, and the figures. */
  static List<String> of(Collection<JsonNode> transactions) {
    WeeklyFigures figures = new WeeklyFigures();
    transactions.forEach(figures::add);
    return Stream.concat(figures.weekly(), figures.byProduct()).sorted().toList();
  }

  /** The same text for the rows of a truth file; ignores those of stores and categories. */
  static List<String> ofTruth(List<JsonNode> rows) {
    return rows.stream()
        .filter(row -> row.get("analysis").asText().matches("(weekly|product)-volume"))
        .map(WeeklyFigures::ofTruth)
        .sorted()
        .toList();
  }

  private void add(JsonNode transaction) {
    LocalDateTime time =
        LocalDateTime.parse(transaction.get("timestamp").asText()).truncatedTo(ChronoUnit.MILLIS);
    LocalDate monday = time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    Week week = weeks.computeIfAbsent(monday, unused -> new Week());
    week.transactions++;
    week.first = week.first == null || time.isBefore(week.first) ? time : week.first;
    week.last = week.last == null || time.isAfter(week.last) ? time : week.last;
    for (JsonNode line : transaction.get("line_items")) {
      Sales sales =
          products
              .computeIfAbsent(monday, unused -> new TreeMap<>())
              .computeIfAbsent(line.get("item_id").longValue(), unused -> new Sales());
      sales.add(line.get("quantity").longValue());
      week.sales.add(line.get("quantity").longValue());
    }
  }

  private Stream<String> weekly() {
    return weeks.entrySet().stream()
        .map(
            entry ->
                "weekly-volume %s %s %s %s %s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().transactions,
                        entry.getValue().sales,
                        entry.getValue().first,
                        entry.getValue().last));
  }

  private Stream<String> byProduct() {
    return products.entrySet().stream()
        .flatMap(
            week ->
                week.getValue().entrySet().stream()
                    .map(
                        sales ->
                            "product-volume %s %s %s"
                                .formatted(week.getKey(), sales.getKey(), sales.getValue())));
  }

  private static String ofTruth(JsonNode row) {
    String analysis = row.get("analysis").asText();
    LocalDate start = LocalDateTime.parse(row.get("window_start").asText()).toLocalDate();
    String sales = row.get("line_items") + "/" + row.get("units");
    return analysis.equals("product-volume")
        ? "%s %s %s %s".formatted(analysis, start, row.get("item_id"), sales)
        : "%s %s %s %s %s %s"
            .formatted(
                analysis,
                start,
                row.get("transactions"),
                sales,
                LocalDateTime.parse(row.get("first_transaction").asText()),
                LocalDateTime.parse(row.get("last_transaction").asText()));
  }

  private static final class Week {
    private final Sales sales = new Sales();
    private long transactions;
    private LocalDateTime first;
    private LocalDateTime last;
  }

  private static final class Sales {
    private long lineItems;
    private long units;

    void add(long quantity) {
      lineItems++;
      units += quantity;
    }

    @Override
    public String toString() {
      return lineItems + "/" + units;
    }
  }
}
