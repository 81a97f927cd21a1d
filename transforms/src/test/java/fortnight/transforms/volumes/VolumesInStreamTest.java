package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.timed;
import static java.util.Comparator.comparing;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.joda.time.Duration.standardDays;
import static org.joda.time.Duration.standardSeconds;

import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests sales that are on time, behind the watermark in an open window, late, too late, and early,
 * for tumbling and sliding windows, shop and items.
 *
 * <p>On DirectRunner every pane is checked. On Flink the watermark may pass several windows before
 * one of them fires, so only the last row of each window and scope is checked.
 */
@Tag("stream")
@ExtendWith(TestPipelineExtension.class)
class VolumesInStreamTest {
  private static final Duration WEEK = standardDays(7);
  private static final ComparisonWindows WEEKS =
      ComparisonWindows.weeks().withAllowedLateness(standardDays(3));
  private static final ComparisonWindows EARLY_WEEKS =
      WEEKS.withEarlyFiringsEvery(standardSeconds(10));

  @Test
  void emitsAnOnTimeSaleWhenItsWeekEnds(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceWatermarkTo(at("2023-01-09"))
            .addElements(timed(sale(7, 5, "2023-01-10")))
            .advanceWatermarkTo(at("2023-01-16"))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        WEEKS,
        "2023-01-02 shop 1 ON_TIME 1",
        "2023-01-02 7 2 ON_TIME 1",
        "2023-01-09 shop 1 ON_TIME 1",
        "2023-01-09 7 5 ON_TIME 1",
        "2023-01-02 shop 0>1 ON_TIME 1",
        "2023-01-02 7 0>2 ON_TIME 1",
        "2023-01-09 shop 1>1 ON_TIME 2",
        "2023-01-09 7 2>5 ON_TIME 2",
        // Processing time advances with the watermark.
        "2023-01-16 shop 1>0 ON_TIME 1",
        "2023-01-16 7 5>0 ON_TIME 1");
    pipeline.run();
  }

  @Test
  void treatsASaleBehindTheWatermarkInAnOpenWeekAsOnTime(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .advanceWatermarkTo(at("2023-01-06"))
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        WEEKS,
        "2023-01-02 shop 1 ON_TIME 1",
        "2023-01-02 7 2 ON_TIME 1",
        "2023-01-02 shop 0>1 ON_TIME 1",
        "2023-01-02 7 0>2 ON_TIME 1",
        "2023-01-09 shop 1>0 ON_TIME 1",
        "2023-01-09 7 2>0 ON_TIME 1");
    pipeline.run();
  }

  @Test
  void correctsAClosedWeekWithALateSaleAndCountsItOnTimeInTheOpenOne(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceWatermarkTo(at("2023-01-09"))
            .addElements(timed(sale(7, 3, "2023-01-04")))
            .advanceWatermarkTo(at("2023-01-11"))
            .addElements(timed(sale(8, 1, "2023-01-05")))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        WEEKS,
        "2023-01-02 shop 1 ON_TIME 1",
        "2023-01-02 7 2 ON_TIME 1",
        "2023-01-02 shop 2 LATE 2",
        "2023-01-02 7 5 LATE 2",
        "2023-01-02 shop 3 LATE 3",
        "2023-01-02 8 1 LATE 1",
        "2023-01-02 shop 0>1 ON_TIME 1",
        "2023-01-02 7 0>2 ON_TIME 1",
        "2023-01-02 shop 0>2 LATE 2",
        "2023-01-02 7 0>5 LATE 2",
        "2023-01-02 shop 0>3 LATE 3",
        "2023-01-02 8 0>1 LATE 1",
        "2023-01-09 shop 3>0 ON_TIME 3",
        "2023-01-09 7 5>0 ON_TIME 2",
        "2023-01-09 8 1>0 ON_TIME 1");
    pipeline.run();
  }

  @Test
  void countsASaleOfAClosedDayInAnOpenWeek(TestPipeline pipeline) {
    ComparisonWindows daily = ComparisonWindows.of(WEEK, standardDays(1), DayOfWeek.MONDAY);
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-02")))
            .advanceWatermarkTo(at("2023-01-07"))
            .addElements(timed(sale(7, 5, "2023-01-02")))
            .advanceWatermarkToInfinity();

    PCollection<Slice> slices = pipeline.apply(stream).apply(SliceVolumes.by(daily));

    expectVolumes(
        slices, daily, List.of("2023-01-02 shop 2 ON_TIME 2", "2023-01-02 7 7 ON_TIME 2"));
    pipeline.run();
  }

  @Test
  void dropsASaleFromExpiredWindowsOnly(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceWatermarkTo(at("2023-01-12T00:00:00.001"))
            // On Flink this ends the bundle of the fired timers, after which the watermark
            // advances.
            .addElements(timed(sale(8, 1, "2023-01-12")))
            .addElements(timed(sale(7, 3, "2023-01-04")))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        WEEKS,
        "2023-01-02 shop 1 ON_TIME 1",
        "2023-01-02 7 2 ON_TIME 1",
        "2023-01-09 shop 1 ON_TIME 1",
        "2023-01-09 8 1 ON_TIME 1",
        "2023-01-02 shop 0>1 ON_TIME 1",
        "2023-01-02 7 0>2 ON_TIME 1",
        "2023-01-09 shop 2>1 ON_TIME 3",
        "2023-01-09 7 5>0 ON_TIME 2",
        "2023-01-09 8 0>1 ON_TIME 1",
        "2023-01-16 shop 1>0 ON_TIME 1",
        "2023-01-16 8 1>0 ON_TIME 1");
    // The sums of the shop and the item, in the week and in its comparison.
    assertThat(droppedDueToLateness(pipeline.run())).isEqualTo(4);
  }

  @Test
  @Tag("processing-time")
  void emitsEarlyRowsOfOpenWeeksOnceTheirLastSliceHasSales(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceProcessingTime(standardSeconds(11))
            .addElements(timed(sale(7, 1, "2023-01-04")))
            .advanceProcessingTime(standardSeconds(11))
            .advanceWatermarkTo(at("2023-01-09"))
            .addElements(timed(sale(8, 1, "2023-01-10")))
            .advanceProcessingTime(standardSeconds(11))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        EARLY_WEEKS,
        "2023-01-02 shop 1 EARLY 1",
        "2023-01-02 7 2 EARLY 1",
        "2023-01-02 shop 2 EARLY 2",
        "2023-01-02 7 3 EARLY 2",
        "2023-01-02 shop 2 ON_TIME 2",
        "2023-01-02 7 3 ON_TIME 2",
        "2023-01-09 shop 1 EARLY 1",
        "2023-01-09 8 1 EARLY 1",
        "2023-01-09 shop 1 ON_TIME 1",
        "2023-01-09 8 1 ON_TIME 1",
        "2023-01-02 shop 0>1 EARLY 1",
        "2023-01-02 7 0>2 EARLY 1",
        "2023-01-02 shop 0>2 EARLY 2",
        "2023-01-02 7 0>3 EARLY 2",
        "2023-01-02 shop 0>2 ON_TIME 2",
        "2023-01-02 7 0>3 ON_TIME 2",
        "2023-01-09 shop 2>1 EARLY 3",
        "2023-01-09 8 0>1 EARLY 1",
        "2023-01-09 shop 2>1 ON_TIME 3",
        "2023-01-09 7 3>0 ON_TIME 2",
        "2023-01-09 8 0>1 ON_TIME 1",
        "2023-01-16 shop 1>0 ON_TIME 1",
        "2023-01-16 8 1>0 ON_TIME 1");
    pipeline.run();
  }

  @Test
  void emitsRowsOfWeeksWithoutSalesWhenSalesResume(TestPipeline pipeline) {
    TestStream<Transaction> stream =
        sales()
            .addElements(timed(sale(7, 2, "2023-01-03")))
            .advanceWatermarkTo(at("2023-02-01"))
            .addElements(timed(sale(7, 2, "2023-02-02")))
            .advanceWatermarkToInfinity();

    expect(
        pipeline.apply(stream),
        WEEKS,
        "2023-01-02 shop 1 ON_TIME 1",
        "2023-01-02 7 2 ON_TIME 1",
        "2023-01-30 shop 1 ON_TIME 1",
        "2023-01-30 7 2 ON_TIME 1",
        "2023-01-02 shop 0>1 ON_TIME 1",
        "2023-01-02 7 0>2 ON_TIME 1",
        "2023-01-09 shop 1>0 ON_TIME 1",
        "2023-01-09 7 2>0 ON_TIME 1",
        "2023-01-16 shop 0>0 ON_TIME 0",
        "2023-01-23 shop 0>0 ON_TIME 0",
        "2023-01-30 shop 0>1 ON_TIME 1",
        "2023-01-30 7 0>2 ON_TIME 1",
        "2023-02-06 shop 1>0 ON_TIME 1",
        "2023-02-06 7 2>0 ON_TIME 1");
    pipeline.run();
  }

  private static TestStream.Builder<Transaction> sales() {
    return TestStream.create(Transaction.coder());
  }

  /** Rows are "start scope amount pane version"; the amount of a change is previous>current. */
  private static void expect(
      PCollection<Transaction> transactions, ComparisonWindows windows, String... expected) {
    PCollection<Slice> slices = transactions.apply(SliceVolumes.by(windows));
    List<String> volumes = Arrays.stream(expected).filter(row -> !row.contains(">")).toList();
    List<String> changes = Arrays.stream(expected).filter(row -> row.contains(">")).toList();
    expectVolumes(slices, windows, volumes);
    expectRows(
        slices
            .apply(CompareVolumes.by(windows))
            .apply("Format changes", MapElements.into(strings()).via(row -> format(row))),
        changes);
  }

  private static void expectVolumes(
      PCollection<Slice> slices, ComparisonWindows windows, List<String> expected) {
    expectRows(
        slices
            .apply(TumblingVolumes.by(windows))
            .apply("Format volumes", MapElements.into(strings()).via(row -> format(row))),
        expected);
  }

  private static void expectRows(PCollection<String> rows, List<String> expected) {
    if (rows.getPipeline().getOptions().getRunner().equals(DirectRunner.class)) {
      PAssert.that(rows).containsInAnyOrder(expected);
    } else {
      PAssert.that(rows)
          .satisfies(
              all -> {
                assertThat(lastRows(all)).isEqualTo(lastRows(expected));
                return null;
              });
    }
  }

  /** Returns the amount of the row with the largest version, by window and scope. */
  private static Map<String, String> lastRows(Iterable<String> rows) {
    List<String> byVersion = new ArrayList<>();
    rows.forEach(byVersion::add);
    byVersion.sort(comparing(row -> Integer.valueOf(row.split(" ", -1)[4])));
    Map<String, String> last = new TreeMap<>();
    for (String row : byVersion) {
      String[] parts = row.split(" ", -1);
      last.put(parts[0] + " " + parts[1], parts[2]);
    }
    return last;
  }

  private static String format(WindowVolume row) {
    assertThat(row.end()).isEqualTo(row.start().plus(WEEK));
    long amount =
        row.scope().isShop() ? row.volume().transactions() : row.volume().units().longValueExact();
    return "%s %s %d %s"
        .formatted(
            day(row.start()), format(row.scope()), amount, format(row.pane(), row.version()));
  }

  private static String format(VolumeChange row) {
    return "%s %s %d>%d %s"
        .formatted(
            day(row.currentStart()),
            format(row.scope()),
            row.previous().longValueExact(),
            row.current().longValueExact(),
            format(row.pane(), row.version()));
  }

  private static String format(Scope scope) {
    return scope.value() == null ? "shop" : scope.value().text();
  }

  private static String format(Pane pane, long version) {
    return pane + " " + version;
  }

  private static String day(org.joda.time.Instant time) {
    return time.toString().substring(0, 10);
  }

  private static long droppedDueToLateness(PipelineResult result) {
    long sum = 0;
    for (MetricResult<Long> counter : result.metrics().allMetrics().getCounters()) {
      if (counter.getName().getName().equalsIgnoreCase("droppedDueToLateness")) {
        sum += counter.getAttempted();
      }
    }
    return sum;
  }
}
