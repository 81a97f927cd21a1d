package fortnight.transforms.parse;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.sale;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fortnight.transforms.DeadLetter;
import fortnight.transforms.Id;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Sales;
import fortnight.transforms.Transaction;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class ParseTransactionsTest {

  @Test
  void emitsTransactionsAtTheirEventTime(TestPipeline pipeline) {
    PCollection<String> lines = pipeline.apply(Create.of(recordAt("2023-01-02T09:00:00.123456")));

    PCollection<Transaction> transactions =
        lines.apply(ParseTransactions.fromLines()).transactions();

    Transaction sale = sale(3, 4, "2023-01-02T09:00:00.123");
    PAssert.that(transactions.apply(Reify.timestamps()).apply(ParDo.of(new TimestampFn())))
        .containsInAnyOrder(
            new Transaction(Id.ofInteger(1), null, sale.timestamp(), sale.lineItems())
                + " at 2023-01-02T09:00:00.123Z");
    pipeline.run();
  }

  @Test
  void countsEveryRecordOnce(TestPipeline pipeline) {
    PCollection<PayloadBatch> batches =
        pipeline.apply(
            Create.of(
                    batch(
                        0, recordAt("2023-01-02T09:00"), recordAt("2023-01-01T23:59:59.999"), "x"),
                    batch(500, recordAt("2023-01-09T00:00"), recordAt("2023-01-08T23:59"), "[]"),
                    batch(900, "{}"),
                    batch(1000))
                .withCoder(PayloadBatch.coder()));

    ParsedTransactions parsed =
        batches.apply(
            ParseTransactions.fromBatches().withEventTimesIn(at("2023-01-02"), at("2023-01-09")));

    PAssert.that(parsed.transactions())
        .satisfies(kept -> assertTimes(kept, "2023-01-02T09:00", "2023-01-08T23:59"));
    PAssert.that(parsed.deadLetters())
        .containsInAnyOrder(
            new DeadLetter(
                RejectReason.MALFORMED_JSON,
                "record: not JSON at byte 1: Unrecognized token 'x': was expecting (JSON String,"
                    + " Number, Array, Object or token 'null', 'true' or 'false')",
                "f:",
                2,
                "x",
                false,
                false),
            new DeadLetter(
                RejectReason.MALFORMED_JSON,
                "record: an array is not a JSON object",
                "f:",
                502,
                "[]",
                false,
                false),
            new DeadLetter(
                RejectReason.MISSING_FIELD,
                "transaction_id: missing",
                "f:",
                900,
                "{}",
                false,
                false));
    assertThat(counters(pipeline.run()))
        .isEqualTo(
            Map.of(
                "read", 7L,
                "accepted", 2L,
                "outside", 2L,
                "rejected.MALFORMED_JSON", 2L,
                "rejected.MISSING_FIELD", 1L));
  }

  @Test
  void filtersEventTimesInTheZoneOfTheBusiness(TestPipeline pipeline) {
    PCollection<String> lines =
        pipeline.apply(
            Create.of(
                recordAt("2023-01-01T23:00Z"),
                recordAt("2023-01-01T22:59:59Z"),
                recordAt("2023-01-01T23:30")));

    PCollection<Transaction> transactions =
        lines
            .apply(
                ParseTransactions.fromLines()
                    .withTimeZone(ZoneId.of("Europe/Berlin"))
                    .withEventTimesIn(at("2023-01-02"), at("2023-01-09")))
            .transactions();

    PAssert.that(transactions).satisfies(kept -> assertTimes(kept, "2023-01-02"));
    assertThat(counters(pipeline.run()))
        .isEqualTo(Map.of("read", 3L, "accepted", 1L, "outside", 2L));
  }

  @Test
  void countsLostOffsetsSeparately(TestPipeline pipeline) {
    PayloadBatch batch =
        new PayloadBatch(
            List.of(
                Payload.lostOffsets("sales/0/", 7, 3),
                Payload.of("sales/0/", 10, recordAt("2023-01-02T09:00"))));
    PCollection<PayloadBatch> batches =
        pipeline.apply(Create.of(batch).withCoder(PayloadBatch.coder()));

    PCollection<DeadLetter> deadLetters =
        batches.apply(ParseTransactions.fromBatches()).deadLetters();

    PAssert.that(deadLetters)
        .containsInAnyOrder(
            new DeadLetter(
                RejectReason.LOST_OFFSETS,
                "offsets 7 to 9 were deleted before they were read: 3 in all",
                "sales/0/",
                7,
                "",
                false,
                false));
    assertThat(counters(pipeline.run())).isEqualTo(Map.of("read", 1L, "accepted", 1L, "lost", 3L));
  }

  @Test
  void emitsADeadLetterForALine(TestPipeline pipeline) {
    PCollection<String> lines = pipeline.apply(Create.of("{}"));

    PCollection<DeadLetter> deadLetters = lines.apply(ParseTransactions.fromLines()).deadLetters();

    PAssert.that(deadLetters)
        .containsInAnyOrder(
            new DeadLetter(
                RejectReason.MISSING_FIELD, "transaction_id: missing", "", -1, "{}", false, false));
    pipeline.run();
  }

  @Test
  void ignoresBlankLines(TestPipeline pipeline) {
    PCollection<String> lines =
        pipeline.apply(Create.of("", " \t\r", recordAt("2023-01-02T09:00")));

    ParsedTransactions parsed = lines.apply(ParseTransactions.fromLines());

    PAssert.that(parsed.deadLetters()).empty();
    assertThat(counters(pipeline.run())).isEqualTo(Map.of("read", 1L, "accepted", 1L));
  }

  @Test
  void emitsEventTimesOlderThanTheElement(TestPipeline pipeline) {
    PCollection<String> lines =
        pipeline.apply(
            Create.timestamped(
                TimestampedValue.of(recordAt("2023-01-02T00:00"), at("2026-11-23"))));

    PCollection<Transaction> transactions =
        lines.apply(ParseTransactions.fromLines()).transactions();

    PAssert.that(transactions).satisfies(kept -> assertTimes(kept, "2023-01-02"));
    pipeline.run();
  }

  @Test
  void rejectsAnEmptyRangeOfEventTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ParseTransactions.fromLines().withEventTimesIn(at("2023-01-02"), at("2023-01-02")))
        .withMessage(
            "from = 2023-01-02T00:00:00.000Z must be before until = 2023-01-02T00:00:00.000Z");
  }

  private static String recordAt(String timestamp) {
    return "{\"transaction_id\": 1, \"timestamp\": \""
        + timestamp
        + "\", \"line_items\": [{\"item_id\": 3, \"quantity\": 4}]}";
  }

  private static PayloadBatch batch(long position, String... records) {
    List<Payload> payloads = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      payloads.add(Payload.of("f:", position + i, records[i]));
    }
    return new PayloadBatch(payloads);
  }

  private static Void assertTimes(Iterable<Transaction> transactions, String... times) {
    assertThat(transactions)
        .extracting(transaction -> transaction.timestamp())
        .containsExactlyInAnyOrderElementsOf(List.of(times).stream().map(Sales::at).toList());
    return null;
  }

  private static Map<String, Long> counters(PipelineResult result) {
    MetricsFilter ours =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(ParseTransactions.class))
            .build();
    return StreamSupport.stream(
            result.metrics().queryMetrics(ours).getCounters().spliterator(), false)
        .filter(counter -> counter.getCommitted() > 0)
        .collect(toMap(counter -> counter.getName().getName(), MetricResult::getCommitted));
  }

  private static final class TimestampFn extends DoFn<TimestampedValue<Transaction>, String> {
    @ProcessElement
    public void process(@Element TimestampedValue<Transaction> sale, OutputReceiver<String> out) {
      out.output(sale.getValue() + " at " + sale.getTimestamp());
    }
  }
}
