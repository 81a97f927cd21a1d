package fortnight.pipelines.propose;

import fortnight.pipelines.propose.ValueCounts.Value;
import fortnight.pipelines.rows.JsonObject;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.parse.RecordParser;
import fortnight.transforms.parse.RecordParser.Result;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The records of a sample as a format reads them.
 *
 * @param results the result of each record, in the order of the records
 */
record SampleResult(List<Payload> records, List<Result> results, RecordFormat format) {
  private static final int SHOWN_RECORDS = 3;
  private static final int SHOWN_ITEMS = 5;
  private static final String UNDECIDED = "?";

  static SampleResult of(List<Payload> records, RecordFormat format) {
    RecordParser parser = RecordParser.of(format, ZoneOffset.UTC);
    return new SampleResult(records, records.stream().map(parser::parse).toList(), format);
  }

  long accepted() {
    return results.stream().filter(result -> result.transaction() != null).count();
  }

  long rejected() {
    return results.stream().filter(result -> result.rejection() != null).count();
  }

  /** Returns a sentence with the counts: {@code accepts 998 of 1,000 records}. */
  String counts() {
    long filtered = results.size() - accepted() - rejected();
    return "accepts %s of %s records"
            .formatted(Comments.count(accepted()), Comments.count(results.size()))
        + (filtered == 0 ? "" : ", and filters out " + Comments.count(filtered));
  }

  /** Adds the first records and the first rejected one as comments. */
  void note(FormatFile file) {
    int shown = Math.min(SHOWN_RECORDS, records.size());
    file.beginNote();
    file.note(
        shown == 1
            ? "The first record, as this format reads it with --timeZone=UTC:"
            : "The first %d records, as this format reads them with --timeZone=UTC:"
                .formatted(shown));
    for (int i = 0; i < shown; i++) {
      file.note("  " + records.get(i).source() + ": " + text(results.get(i), file::isUndecided));
    }
    boolean isRejectionShown =
        results.subList(0, shown).stream().anyMatch(result -> result.rejection() != null);
    for (int i = shown; i < results.size() && !isRejectionShown; i++) {
      if (results.get(i).rejection() != null) {
        file.beginNote();
        file.note("The first rejected record:");
        file.note("  " + records.get(i).source() + ": " + results.get(i).rejection());
        isRejectionShown = true;
      }
    }
  }

  private String text(Result result, Predicate<String> isUndecided) {
    if (result.rejection() != null) {
      return "rejected, " + result.rejection();
    }
    Transaction transaction = result.transaction();
    if (transaction == null) {
      return "filtered out";
    }
    boolean isTimeUndecided =
        isUndecided.test("time") || isUndecided.test("timeUnit") || isUndecided.test("timePattern");
    List<String> parts = new ArrayList<>();
    if (!transaction.id().equals(RecordFormat.NO_ID)) {
      parts.add("id " + (isUndecided.test("id") ? UNDECIDED : text(transaction.id())));
    }
    parts.add("time " + (isTimeUndecided ? UNDECIDED : JsonObject.time(transaction.timestamp())));
    if (transaction.customer() != null) {
      parts.add("customer " + text(transaction.customer()));
    }
    parts.add(
        isUndecided.test("item")
            ? "items " + UNDECIDED
            : items(transaction.lineItems(), isUndecided.test("quantity")));
    return String.join(", ", parts);
  }

  private String item(LineItem item, boolean isQuantityUndecided) {
    String quantity =
        isQuantityUndecided
            ? UNDECIDED
            : decimal(Int128.of(item.quantity()), format.quantityDecimals());
    String amount =
        format.money() == null || isQuantityUndecided
            ? ""
            : " for " + decimal(item.amount(), format.revenueDecimals());
    return quantity + " × " + text(item.item()) + amount;
  }

  private static String decimal(Int128 value, int decimals) {
    return new BigDecimal(value.toBigInteger(), decimals).toPlainString();
  }

  private String items(List<LineItem> items, boolean isQuantityUndecided) {
    if (items.isEmpty()) {
      return "no items";
    }
    String shown =
        items.stream()
            .limit(SHOWN_ITEMS)
            .map(item -> item(item, isQuantityUndecided))
            .collect(Collectors.joining(", "));
    return "items "
        + shown
        + (items.size() > SHOWN_ITEMS ? " and " + (items.size() - SHOWN_ITEMS) + " more" : "");
  }

  private static String text(Id id) {
    return new Value(!id.integer(), id.text()).toString();
  }
}
