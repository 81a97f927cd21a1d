package fortnight.transforms.duplicates;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Sales.timed;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.joda.time.Duration.millis;
import static org.joda.time.Duration.standardHours;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPipelineExtension.class)
class DropDuplicatesTest {
  private static final Duration HOUR = standardHours(1);
  private static final Id TEN = Id.ofInteger(10);

  @Test
  void comparesWithKeptTransactionsOnly(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            receipt(TEN, "2023-01-02T01:20"),
            receipt(TEN, "2023-01-02T00:40"),
            receipt(TEN, "2023-01-02T00:00"));

    PCollection<Transaction> kept = transactions.apply(DropDuplicates.within(HOUR));

    PAssert.that(kept)
        .containsInAnyOrder(receipt(TEN, "2023-01-02T00:00"), receipt(TEN, "2023-01-02T01:20"));
    assertThat(dropped(pipeline.run())).isEqualTo(1);
  }

  @Test
  void isExactToTheMillisecondAndKeepsTimestamps(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            receipt(TEN, "2023-01-02T00:00"),
            receipt(TEN, "2023-01-02T01:00"),
            receipt(TEN, "2023-01-02T01:00:00.001"),
            receipt(TEN, "2023-01-02T02:00:00.001"),
            receipt(TEN, "2023-01-02T02:00:00.002"));

    PCollection<Transaction> kept = transactions.apply(DropDuplicates.within(HOUR));

    PAssert.that(kept.apply(Reify.timestamps()))
        .containsInAnyOrder(
            List.of(
                timed(receipt(TEN, "2023-01-02T00:00")),
                timed(receipt(TEN, "2023-01-02T01:00:00.001")),
                timed(receipt(TEN, "2023-01-02T02:00:00.002"))));
    assertThat(dropped(pipeline.run())).isEqualTo(2);
  }

  @Test
  void emitsNothingLateForDownstreamWindows(TestPipeline pipeline) {
    PCollection<Transaction> transactions =
        sales(pipeline, receipt(TEN, "2023-01-02T00:00"), receipt(TEN, "2023-03-02T00:00"));

    PCollection<Transaction> kept = transactions.apply(DropDuplicates.within(HOUR));

    assertThat(kept.getWindowingStrategy()).isEqualTo(transactions.getWindowingStrategy());
    PAssert.that(countsOfHours(kept, Duration.ZERO)).containsInAnyOrder(1L, 1L);
    pipeline.run();
  }

  @Test
  void distinguishesIntegerAndStringIds(TestPipeline pipeline) {
    Transaction integer = receipt(TEN, "2023-01-02T00:00");
    Transaction string = receipt(Id.ofString("10"), "2023-01-02T00:00");

    PCollection<Transaction> kept =
        sales(pipeline, integer, string).apply(DropDuplicates.within(HOUR));

    PAssert.that(kept).containsInAnyOrder(integer, string);
    assertThat(dropped(pipeline.run())).isZero();
  }

  @Test
  void keepsTheFirstByBytesForEqualIdAndTime(TestPipeline pipeline) {
    Transaction five = receipt(TEN, 5, "2023-01-02T00:00");
    Transaction four = receipt(TEN, 4, "2023-01-02T00:00");

    PCollection<Transaction> kept = sales(pipeline, five, four).apply(DropDuplicates.within(HOUR));

    PAssert.that(kept).containsInAnyOrder(four);
    assertThat(dropped(pipeline.run())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithANaiveModelInAnyOrder(long seed, TestPipeline pipeline) {
    Random random = new Random(seed);
    List<Transaction> sent = new ArrayList<>();
    List<Transaction> expected = new ArrayList<>();
    for (int id = 0; id < 100; id++) {
      List<Transaction> transactions = randomReceipts(id, random);
      sent.addAll(transactions);
      expected.addAll(naive(transactions));
    }
    Collections.shuffle(sent, random);

    PCollection<Transaction> kept =
        sales(pipeline, sent.toArray(Transaction[]::new)).apply(DropDuplicates.within(HOUR));

    PAssert.that(kept).containsInAnyOrder(expected);
    assertThat(dropped(pipeline.run())).isEqualTo(sent.size() - expected.size());
  }

  @Test
  void keepsTheFirstArrivalInAStream(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .advanceWatermarkTo(at("2023-01-02"))
            .addElements(timed(receipt(TEN, 5, "2023-01-02T00:30")))
            .addElements(timed(receipt(TEN, 4, "2023-01-02T00:00")))
            .addElements(timed(receipt(Id.ofString("10"), 3, "2023-01-02T00:30")))
            .addElements(timed(receipt(TEN, 2, "2023-01-02T01:30")))
            .addElements(timed(receipt(TEN, 1, "2023-01-02T01:30:00.001")))
            .advanceWatermarkToInfinity();

    PCollection<Transaction> kept = pipeline.apply(stream).apply(DropDuplicates.within(HOUR));

    PAssert.that(kept.apply(Reify.timestamps()))
        .containsInAnyOrder(
            List.of(
                timed(receipt(TEN, 5, "2023-01-02T00:30")),
                timed(receipt(Id.ofString("10"), 3, "2023-01-02T00:30")),
                timed(receipt(TEN, 1, "2023-01-02T01:30:00.001"))));
    assertThat(dropped(pipeline.run())).isEqualTo(2);
  }

  @Test
  void dropsALateDuplicateUpToTheHorizonAndKeepsItAfterwards(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(receipt(TEN, 1, "2023-01-02T09:00")))
            .advanceWatermarkTo(at("2023-01-02T12:00"))
            .addElements(timed(receipt(TEN, 2, "2023-01-02T10:00")))
            .advanceWatermarkTo(at("2023-01-02T12:00:00.001"))
            .addElements(timed(receipt(TEN, 3, "2023-01-02T10:00")))
            .advanceWatermarkToInfinity();

    PCollection<Transaction> kept =
        pipeline.apply(stream).apply(DropDuplicates.within(HOUR).keepingFor(standardHours(2)));

    PAssert.that(kept)
        .containsInAnyOrder(
            receipt(TEN, 1, "2023-01-02T09:00"), receipt(TEN, 3, "2023-01-02T10:00"));
    assertThat(dropped(pipeline.run())).isEqualTo(1);
  }

  @Test
  void expiresEachKeptTimeSeparately(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(receipt(TEN, 1, "2023-01-02T11:00")))
            .addElements(timed(receipt(TEN, 2, "2023-01-02T09:00")))
            .advanceWatermarkTo(at("2023-01-02T12:30"))
            .addElements(timed(receipt(TEN, 3, "2023-01-02T09:30")))
            .addElements(timed(receipt(TEN, 4, "2023-01-02T11:30")))
            .advanceWatermarkTo(at("2023-01-02T14:30"))
            .addElements(timed(receipt(TEN, 5, "2023-01-02T11:30")))
            .advanceWatermarkToInfinity();

    PCollection<Transaction> kept =
        pipeline.apply(stream).apply(DropDuplicates.within(HOUR).keepingFor(standardHours(2)));

    PAssert.that(kept)
        .containsInAnyOrder(
            receipt(TEN, 1, "2023-01-02T11:00"),
            receipt(TEN, 2, "2023-01-02T09:00"),
            receipt(TEN, 3, "2023-01-02T09:30"),
            receipt(TEN, 5, "2023-01-02T11:30"));
    assertThat(dropped(pipeline.run())).isEqualTo(1);
  }

  @Test
  void doesNotHoldTheWatermark(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        TestStream.create(Transaction.coder())
            .addElements(timed(receipt(TEN, "2023-01-02T09:30")))
            .advanceWatermarkTo(at("2023-01-02T10:00"))
            .addElements(timed(receipt(Id.ofInteger(11), "2023-01-02T09:40")))
            .advanceWatermarkToInfinity();

    PCollection<Transaction> kept =
        pipeline.apply(stream).apply(DropDuplicates.within(HOUR).keepingFor(standardHours(24)));

    PCollection<Long> counts = countsOfHours(kept, standardHours(24));
    IntervalWindow nine = new IntervalWindow(at("2023-01-02T09:00"), HOUR);
    PAssert.that(counts).inOnTimePane(nine).containsInAnyOrder(1L);
    PAssert.that(counts).inLatePane(nine).containsInAnyOrder(1L);
    pipeline.run();
  }

  @Test
  void rejectsInvalidDurations() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropDuplicates.within(millis(-1)))
        .withMessage("within = PT-0.001S must be between PT0S and PT253402300800S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropDuplicates.within(HOUR).keepingFor(millis(Long.MAX_VALUE)))
        .withMessageStartingWith("horizon = PT9223372036854775.807S must be between ");
  }

  @Test
  void rejectsWindowedInput() {
    PCollection<Transaction> windowed =
        sales(Pipeline.create(), receipt(TEN, "2023-01-02"))
            .apply(Window.into(FixedWindows.of(HOUR)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> windowed.apply(DropDuplicates.within(HOUR)))
        .withMessageStartingWith("DropDuplicates requires input in the global window, not in ")
        .withMessageContaining("FixedWindows");
  }

  private static PCollection<Long> countsOfHours(
      PCollection<Transaction> transactions, Duration lateness) {
    return transactions
        .apply(
            Window.<Transaction>into(FixedWindows.of(HOUR))
                .withAllowedLateness(lateness)
                .discardingFiredPanes())
        .apply(Combine.globally(Count.<Transaction>combineFn()).withoutDefaults());
  }

  private static Transaction receipt(Id id, String at) {
    return receipt(id, 1, at);
  }

  private static Transaction receipt(Id id, long item, String at) {
    return receipt(id, item, at(at));
  }

  private static Transaction receipt(Id id, long item, Instant at) {
    return new Transaction(id, null, at, List.of(LineItem.of(Id.ofInteger(item), 1)));
  }

  /** Returns up to ten transactions within half a day, with four contents and some equal times. */
  private static List<Transaction> randomReceipts(int id, Random random) {
    List<Transaction> receipts = new ArrayList<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      Instant time = at("2023-01-02").plus(Duration.standardMinutes(20L * random.nextInt(36)));
      receipts.add(receipt(Id.ofInteger(id), random.nextInt(4), time));
    }
    return receipts;
  }

  private static List<Transaction> naive(List<Transaction> transactions) {
    List<Transaction> inOrder = new ArrayList<>(transactions);
    inOrder.sort(comparing(Transaction::timestamp).thenComparing(DropDuplicatesTest::hex));
    List<Transaction> kept = new ArrayList<>();
    for (Transaction next : inOrder) {
      if (kept.stream().noneMatch(one -> isWithinAnHour(one.timestamp(), next.timestamp()))) {
        kept.add(next);
      }
    }
    return kept;
  }

  private static boolean isWithinAnHour(Instant a, Instant b) {
    return !a.plus(HOUR).isBefore(b) && !b.plus(HOUR).isBefore(a);
  }

  private static String hex(Transaction transaction) {
    try {
      return HexFormat.of()
          .formatHex(CoderUtils.encodeToByteArray(Transaction.coder(), transaction));
    } catch (CoderException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long dropped(PipelineResult result) {
    MetricsFilter duplicates =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(DropDuplicates.class, DropDuplicates.DROPPED))
            .build();
    long sum = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(duplicates).getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
