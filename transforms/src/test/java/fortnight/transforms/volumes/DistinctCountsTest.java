package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.timed;
import static java.util.stream.Collectors.toSet;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;
import static org.joda.time.Duration.standardDays;
import static org.joda.time.Duration.standardSeconds;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Sales;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the numbers of distinct transactions and customers against a naive model. */
@ExtendWith(TestPipelineExtension.class)
class DistinctCountsTest {
  private static final Duration WEEK = standardDays(7);
  private static final Instant MONDAY = at("2023-01-02");

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 7", "3, 1", "4, 1"})
  void equalTheNaiveModel(long seed, int everyDays, TestPipeline pipeline) {
    ComparisonWindows windows =
        ComparisonWindows.of(WEEK, standardDays(everyDays), DayOfWeek.MONDAY);
    List<Transaction> lines = randomLines(new Random(seed));

    PCollection<Slice> slices =
        slices(Sales.sales(pipeline, lines.toArray(new Transaction[0])), windows);

    PAssert.that(volumes(slices, windows)).containsInAnyOrder(naiveVolumes(lines));
    PAssert.that(changes(slices, windows)).containsInAnyOrder(naiveChanges(lines, everyDays));
    pipeline.run();
  }

  @Test
  @Tag("stream")
  @Tag("processing-time")
  void countEarlyAndLateLinesOfAStream(TestPipeline pipeline) {
    ComparisonWindows windows =
        ComparisonWindows.weeks()
            .withAllowedLateness(standardDays(3))
            .withEarlyFiringsEvery(standardSeconds(10));
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(line("a", 1L, "2023-01-03")), timed(line("a", 1L, "2023-01-03")))
            .advanceProcessingTime(standardSeconds(11))
            .addElements(timed(line("a", 1L, "2023-01-04")))
            .advanceProcessingTime(standardSeconds(11))
            .advanceWatermarkTo(at("2023-01-09"))
            // A further line of the same transaction, a guest, and the same customer again.
            .addElements(timed(line("a", 1L, "2023-01-05")))
            .addElements(timed(line("b", null, "2023-01-05")))
            .addElements(timed(line("c", 1L, "2023-01-10")))
            .advanceProcessingTime(standardSeconds(11))
            .advanceWatermarkToInfinity();

    PCollection<Slice> slices = slices(pipeline.apply(stream), windows);

    PAssert.that(volumes(slices, windows))
        .containsInAnyOrder(
            "2023-01-02 1 transactions 1 customers version 2 EARLY",
            "2023-01-02 1 transactions 1 customers version 3 EARLY",
            "2023-01-02 1 transactions 1 customers version 3 ON_TIME",
            "2023-01-02 1 transactions 1 customers version 4 LATE",
            "2023-01-02 2 transactions 1 customers version 5 LATE",
            "2023-01-09 1 transactions 1 customers version 1 EARLY",
            "2023-01-09 1 transactions 1 customers version 1 ON_TIME");
    PAssert.that(changes(slices, windows))
        .containsInAnyOrder(
            "2023-01-02 TRANSACTIONS 0 to 1 version 2 EARLY",
            "2023-01-02 CUSTOMERS 0 to 1 version 2 EARLY",
            "2023-01-02 TRANSACTIONS 0 to 1 version 3 EARLY",
            "2023-01-02 CUSTOMERS 0 to 1 version 3 EARLY",
            "2023-01-02 TRANSACTIONS 0 to 1 version 3 ON_TIME",
            "2023-01-02 CUSTOMERS 0 to 1 version 3 ON_TIME",
            "2023-01-02 TRANSACTIONS 0 to 1 version 4 LATE",
            "2023-01-02 CUSTOMERS 0 to 1 version 4 LATE",
            "2023-01-02 TRANSACTIONS 0 to 2 version 5 LATE",
            "2023-01-02 CUSTOMERS 0 to 1 version 5 LATE",
            "2023-01-09 TRANSACTIONS 2 to 1 version 6 EARLY",
            "2023-01-09 CUSTOMERS 1 to 1 version 6 EARLY",
            "2023-01-09 TRANSACTIONS 2 to 1 version 6 ON_TIME",
            "2023-01-09 CUSTOMERS 1 to 1 version 6 ON_TIME",
            "2023-01-16 TRANSACTIONS 1 to 0 version 1 ON_TIME",
            "2023-01-16 CUSTOMERS 1 to 0 version 1 ON_TIME");
    pipeline.run();
  }

  private static PCollection<Slice> slices(
      PCollection<Transaction> lines, ComparisonWindows windows) {
    return lines.apply(SliceVolumes.by(windows).withDistinctTransactions(true).withCustomers(true));
  }

  private static PCollection<String> volumes(PCollection<Slice> slices, ComparisonWindows windows) {
    return slices
        .apply(TumblingVolumes.by(windows))
        .apply("Shop volumes", Filter.by((WindowVolume row) -> row.scope().isShop()))
        .apply("Format volumes", MapElements.into(strings()).via(row -> format(row)));
  }

  private static PCollection<String> changes(PCollection<Slice> slices, ComparisonWindows windows) {
    return slices
        .apply(CompareVolumes.by(windows).withCustomers(true))
        .apply("Shop changes", Filter.by((VolumeChange row) -> row.scope().isShop()))
        .apply("Format changes", MapElements.into(strings()).via(row -> format(row)));
  }

  private static String format(WindowVolume row) {
    return "%s %d transactions %d customers version %d %s"
        .formatted(
            day(row.start()), row.transactions(), row.customers(), row.version(), row.pane());
  }

  private static String format(VolumeChange row) {
    return "%s %s %s to %s version %d %s"
        .formatted(
            day(row.currentStart()),
            row.measure(),
            row.previous(),
            row.current(),
            row.version(),
            row.pane());
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }

  private static Transaction line(String id, Long customer, String at) {
    return line(id, customer, at(at));
  }

  private static Transaction line(String id, Long customer, Instant at) {
    return new Transaction(
        Id.ofString(id),
        customer == null ? null : Id.ofInteger(customer),
        at,
        List.of(LineItem.of(Id.ofInteger(7), 1)));
  }

  /** Returns line items of six weeks; the fourth week has none. */
  private static List<Transaction> randomLines(Random random) {
    List<Transaction> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int day = random.nextInt(6 * 7);
      if (day / 7 != 3) {
        lines.add(
            line(
                "t" + random.nextInt(60),
                random.nextInt(4) == 0 ? null : (long) random.nextInt(20),
                MONDAY.plus(standardDays(day)).plus(Duration.millis(random.nextInt(86_400_000)))));
      }
    }
    return lines;
  }

  private static List<String> naiveVolumes(List<Transaction> lines) {
    List<String> rows = new ArrayList<>();
    for (Instant start = MONDAY; start.isBefore(at("2023-02-13")); start = start.plus(WEEK)) {
      List<Transaction> week = within(lines, start, start.plus(WEEK));
      if (!week.isEmpty()) {
        rows.add(
            "%s %d transactions %d customers version %d ON_TIME"
                .formatted(
                    day(start),
                    distinct(week, Transaction::id),
                    distinct(week, Transaction::customer),
                    week.size()));
      }
    }
    return rows;
  }

  private static List<String> naiveChanges(List<Transaction> lines, int everyDays) {
    Instant last = lines.stream().map(Transaction::timestamp).max(Instant::compareTo).get();
    Instant first = lines.stream().map(Transaction::timestamp).min(Instant::compareTo).get();
    List<String> rows = new ArrayList<>();
    for (Instant start = MONDAY.minus(WEEK).minus(WEEK);
        !start.plus(WEEK).minus(standardDays(everyDays)).isAfter(last);
        start = start.plus(standardDays(everyDays))) {
      if (!start.plus(WEEK).isAfter(first)) {
        continue;
      }
      List<Transaction> before = within(lines, start.minus(WEEK), start);
      List<Transaction> now = within(lines, start, start.plus(WEEK));
      rows.add(change(start, "TRANSACTIONS", before, now, Transaction::id));
      rows.add(change(start, "CUSTOMERS", before, now, Transaction::customer));
    }
    return rows;
  }

  private static String change(
      Instant start,
      String measure,
      List<Transaction> before,
      List<Transaction> now,
      Function<Transaction, Id> id) {
    return "%s %s %d to %d version %d ON_TIME"
        .formatted(
            day(start),
            measure,
            distinct(before, id),
            distinct(now, id),
            before.size() + now.size());
  }

  private static List<Transaction> within(List<Transaction> lines, Instant from, Instant to) {
    return lines.stream()
        .filter(line -> !line.timestamp().isBefore(from) && line.timestamp().isBefore(to))
        .toList();
  }

  private static int distinct(List<Transaction> lines, Function<Transaction, Id> id) {
    return lines.stream().map(id).filter(Objects::nonNull).collect(toSet()).size();
  }
}
