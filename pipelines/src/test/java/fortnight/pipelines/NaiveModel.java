package fortnight.pipelines;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The four analyses with the dumbest loops that the contract allows: each row asks every sale. */
record NaiveModel(List<Sale> sales, Duration period, Duration every, DayOfWeek weekStart) {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  /** A transaction; its time has no more than milliseconds. */
  record Sale(LocalDateTime at, List<Line> lines) {
    String json() {
      List<String> items = lines.stream().map(Line::json).toList();
      return "{\"transaction_id\":1,\"timestamp\":\"%s\",\"line_items\":[%s]}"
          .formatted(MILLIS.format(at), String.join(",", items));
    }
  }

  /** A line item; the id is as in the JSON text. */
  record Line(String item, long quantity) {
    String json() {
      return "{\"item_id\":%s,\"quantity\":%s}".formatted(item, quantity);
    }
  }

  /** The text of every result file. */
  Map<String, String> files() {
    return Map.of(
        "weekly-volume.jsonl", weeklyVolume(),
        "volume-change.jsonl", volumeChange(),
        "product-volume.jsonl", productVolume(),
        "product-volume-change.jsonl", productVolumeChange());
  }

  private String weeklyVolume() {
    StringBuilder rows = new StringBuilder();
    for (LocalDateTime start : tumbling()) {
      List<Sale> in = salesIn(start, start.plus(period));
      if (!in.isEmpty()) {
        rows.append("{\"window_start\":\"" + time(start) + "\"");
        rows.append(",\"window_end\":\"" + time(start.plus(period)) + "\"");
        rows.append(",\"transactions\":" + in.size());
        rows.append(",\"line_items\":" + in.stream().mapToInt(sale -> sale.lines.size()).sum());
        rows.append(",\"units\":" + lines(in).mapToLong(Line::quantity).sum());
        rows.append(",\"first_transaction\":\"" + time(first(in)) + "\"");
        rows.append(",\"last_transaction\":\"" + time(last(in)) + "\"" + pane(in.size()));
      }
    }
    return rows.toString();
  }

  private String productVolume() {
    StringBuilder rows = new StringBuilder();
    for (LocalDateTime start : tumbling()) {
      List<Sale> in = salesIn(start, start.plus(period));
      for (String item : items(in)) {
        rows.append("{\"window_start\":\"" + time(start) + "\"");
        rows.append(",\"window_end\":\"" + time(start.plus(period)) + "\"");
        rows.append(",\"item_id\":" + item);
        rows.append(",\"line_items\":" + lineItems(in, item));
        rows.append(",\"units\":" + units(in, item) + pane(lineItems(in, item)));
      }
    }
    return rows.toString();
  }

  private String volumeChange() {
    StringBuilder rows = new StringBuilder();
    for (LocalDateTime end : ends()) {
      int previous = salesIn(end.minus(period).minus(period), end.minus(period)).size();
      int current = salesIn(end.minus(period), end).size();
      rows.append(change(end, "", previous, current, previous + current));
    }
    return rows.toString();
  }

  private String productVolumeChange() {
    StringBuilder rows = new StringBuilder();
    for (LocalDateTime end : ends()) {
      LocalDateTime currentStart = end.minus(period);
      LocalDateTime previousStart = currentStart.minus(period);
      for (String item : items(salesIn(previousStart, end))) {
        long previous = units(salesIn(previousStart, currentStart), item);
        long current = units(salesIn(currentStart, end), item);
        long version = lineItems(salesIn(previousStart, end), item);
        rows.append(change(end, ",\"item_id\":" + item, previous, current, version));
      }
    }
    return rows.toString();
  }

  private String change(LocalDateTime end, String item, long previous, long current, long version) {
    String ratio = previous > 0 ? shortest((double) current / previous) : "null";
    return "{\"previous_start\":\""
        + time(end.minus(period).minus(period))
        + "\",\"current_start\":\""
        + time(end.minus(period))
        + "\",\"current_end\":\""
        + time(end)
        + "\""
        + item
        + (",\"previous\":" + previous + ",\"current\":" + current)
        + (",\"change\":" + (current - previous) + ",\"ratio\":" + ratio + pane(version));
  }

  /** The end of a row that sums so many records. */
  private static String pane(long version) {
    return ",\"pane\":\"ON_TIME\",\"version\":" + version + "}\n";
  }

  /** Starts of the tumbling windows, from the first sale to the last sale. */
  private List<LocalDateTime> tumbling() {
    LocalDateTime first = first(sales);
    return steps(period).filter(start -> start.plus(period).isAfter(first)).toList();
  }

  /** Ends of the sliding windows whose last slice begins no later than the last sale. */
  private List<LocalDateTime> ends() {
    LocalDateTime first = first(sales);
    return steps(every)
        .map(lastSlice -> lastSlice.plus(every))
        .filter(end -> end.isAfter(first))
        .toList();
  }

  /** Returns aligned times, from one shortly before the first sale to the last sale. */
  private Stream<LocalDateTime> steps(Duration step) {
    LocalDateTime aligned =
        LocalDate.of(1970, 1, 4).with(TemporalAdjusters.next(weekStart)).atStartOfDay();
    long stepsBefore = Duration.between(aligned, first(sales)).dividedBy(step) - 1;
    LocalDateTime begin = aligned.plus(step.multipliedBy(stepsBefore));
    LocalDateTime last = last(sales);
    return Stream.iterate(begin, start -> !start.isAfter(last), start -> start.plus(step));
  }

  private List<Sale> salesIn(LocalDateTime start, LocalDateTime end) {
    return sales.stream()
        .filter(sale -> !sale.at.isBefore(start) && sale.at.isBefore(end))
        .toList();
  }

  private static LocalDateTime first(List<Sale> sales) {
    return sales.stream().map(Sale::at).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static LocalDateTime last(List<Sale> sales) {
    return sales.stream().map(Sale::at).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static Stream<Line> lines(List<Sale> sales) {
    return sales.stream().flatMap(sale -> sale.lines.stream());
  }

  private static long units(List<Sale> sales, String item) {
    return lines(sales).filter(line -> line.item.equals(item)).mapToLong(Line::quantity).sum();
  }

  private static long lineItems(List<Sale> sales, String item) {
    return lines(sales).filter(line -> line.item.equals(item)).count();
  }

  private static List<String> items(List<Sale> sales) {
    return lines(sales).map(Line::item).distinct().sorted(NaiveModel::compareIds).toList();
  }

  private static int compareIds(String a, String b) {
    boolean aIsText = a.startsWith("\"");
    boolean bIsText = b.startsWith("\"");
    if (aIsText && bIsText) {
      String x = a.substring(1, a.length() - 1);
      String y = b.substring(1, b.length() - 1);
      return Arrays.compare(x.codePoints().toArray(), y.codePoints().toArray());
    }
    return aIsText || bIsText
        ? Boolean.compare(aIsText, bIsText)
        : new BigInteger(a).compareTo(new BigInteger(b));
  }

  static String time(LocalDateTime time) {
    return (time.truncatedTo(ChronoUnit.SECONDS).equals(time) ? SECONDS : MILLIS).format(time);
  }

  /** The fewest digits that are read back as the same number, at least one behind the point. */
  static String shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    while (exact.round(new MathContext(digits)).doubleValue() != value) {
      digits++;
    }
    BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
    return (rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString();
  }
}
