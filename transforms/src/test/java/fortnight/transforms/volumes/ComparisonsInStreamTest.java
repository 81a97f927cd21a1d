package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.timed;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.joda.time.Duration.standardDays;
import static org.joda.time.Duration.standardSeconds;

import fortnight.common.Measure;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.volumes.PeriodCalendar.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The last state of a stream with early, on-time and late panes has the changes of a plain model:
 * for baselines at any distance, for the calendar, in two currencies, and with windows without
 * transactions.
 *
 * <p>A change is "end scope measure: previous>current version".
 */
@Tag("stream")
@ExtendWith(TestPipelineExtension.class)
class ComparisonsInStreamTest {
  private static final List<String> CURRENCIES = List.of("EUR", "USD");
  private static final int SALES = 40;

  static Stream<PeriodCalendar> calendars() {
    return Stream.of(PeriodCalendar.ofHours(168, 168, 672), PeriodCalendar.ofMonths(1, 12));
  }

  static Stream<PeriodCalendar> calendarsWithEarlyFirings() {
    return Stream.of(
        PeriodCalendar.ofHours(168, 84, 84), // The periods overlap.
        PeriodCalendar.ofMonths(3, 2));
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void theLastStateIsThatOfTheModel(PeriodCalendar calendar, TestPipeline pipeline) {
    expectLastState(calendar, calendar.windows(), false, pipeline);
  }

  @ParameterizedTest
  @MethodSource("calendarsWithEarlyFirings")
  @Tag("processing-time")
  void theLastStateWithEarlyFiringsIsThatOfTheModel(
      PeriodCalendar calendar, TestPipeline pipeline) {
    ComparisonWindows early = calendar.windows().withEarlyFiringsEvery(standardSeconds(10));
    expectLastState(calendar, early, true, pipeline);
  }

  private static void expectLastState(
      PeriodCalendar calendar, ComparisonWindows windows, boolean hasTime, TestPipeline pipeline) {
    List<Transaction> sales = sales(calendar);
    Map<String, String> expected = model(calendar, sales);
    Instant lastEnd = lastEnd(calendar, sales);
    PCollection<Transaction> transactions = pipeline.apply(stream(sales, hasTime));

    PAssert.that(changes(transactions, windows.withAllowedLateness(standardDays(3_650))))
        .satisfies(
            rows -> {
              assertThat(lastRows(rows, lastEnd)).isEqualTo(expected);
              return null;
            });
    pipeline.run();
  }

  private static PCollection<String> changes(
      PCollection<Transaction> transactions, ComparisonWindows windows) {
    PCollection<Slice> slices =
        transactions.apply(
            SliceVolumes.by(windows).withGroupings(List.of(new Grouping("store", false, 0))));
    return slices
        .apply(CompareVolumes.by(windows).withRevenue(true))
        .apply(MapElements.into(strings()).via(row -> format(row) + " " + row.pane()));
  }

  /** Sales of two currencies in periods of their own, with gaps, in order of time. */
  private static List<Transaction> sales(PeriodCalendar calendar) {
    Random random = new Random(calendar.toString().hashCode());
    List<Transaction> sales = new ArrayList<>();
    for (int i = 0; i < SALES; i++) {
      int part = random.nextInt(3);
      int slice = 20 * part + random.nextInt(5);
      long time = random.nextLong(calendar.sliceStart(slice), calendar.sliceStart(slice + 1));
      String currency = CURRENCIES.get(part == 1 ? 0 : random.nextInt(2));
      sales.add(
          new Transaction(
              Id.ofInteger(i),
              null,
              Instant.ofEpochMilli(time),
              List.of(
                  LineItem.of(
                      Id.ofInteger(random.nextInt(2)),
                      random.nextInt(9) - 2,
                      Int128.of(random.nextInt(900) - 200),
                      List.of())),
              currency,
              List.of(random.nextBoolean() ? Id.NULL : Id.ofString("north"))));
    }
    sales.sort(Comparator.comparing(Transaction::timestamp));
    return sales;
  }

  /**
   * Some sales are behind the watermark, and some of them late.
   *
   * @param hasTime whether processing time advances, too
   */
  private static TestStream<Transaction> stream(List<Transaction> sales, boolean hasTime) {
    Random random = new Random(5);
    List<Transaction> arrivals = new ArrayList<>(sales);
    for (int late = 0; late < SALES / 4; late++) {
      Transaction moved = arrivals.remove(random.nextInt(arrivals.size()));
      arrivals.add(random.nextInt(arrivals.size()), moved);
    }
    TestStream.Builder<Transaction> stream = TestStream.create(Transaction.coder());
    Instant watermark = sales.get(0).timestamp();
    for (Transaction sale : arrivals) {
      stream = stream.addElements(timed(sale));
      if (hasTime && random.nextInt(3) == 0) {
        stream = stream.advanceProcessingTime(standardSeconds(11));
      }
      if (random.nextInt(3) == 0 && sale.timestamp().isAfter(watermark)) {
        watermark = sale.timestamp();
        stream = stream.advanceWatermarkTo(watermark);
      }
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** Returns the changes by all that comes before the amounts. */
  private static Map<String, String> model(PeriodCalendar calendar, List<Transaction> sales) {
    Map<String, String> changes = new TreeMap<>();
    for (Comparison comparison : calendar.comparisons()) {
      if (comparison.end() <= lastEnd(calendar, sales).getMillis()) {
        for (String currency : CURRENCIES) {
          List<Transaction> ofCurrency =
              sales.stream().filter(sale -> currency.equals(sale.currency())).toList();
          add(calendar, comparison, currency, ofCurrency, changes);
        }
      }
    }
    return changes;
  }

  private static void add(
      PeriodCalendar calendar,
      Comparison comparison,
      String currency,
      List<Transaction> sales,
      Map<String, String> changes) {
    Map<Scope, List<Transaction>> byScope = new HashMap<>();
    List<Transaction> compared =
        sales.stream().filter(sale -> comparison.has(sale.timestamp().getMillis())).toList();
    Instant end = Instant.ofEpochMilli(comparison.end());
    boolean isBetween =
        end.isAfter(sales.get(0).timestamp()) && !end.isAfter(lastEnd(calendar, sales));
    if (!compared.isEmpty() || isBetween) {
      byScope.put(Scope.shop(currency), compared);
    }
    for (Transaction sale : compared) {
      for (Scope scope :
          List.of(
              new Scope("product", sale.lineItems().get(0).item(), currency),
              new Scope("store", sale.dimensions().get(0), currency))) {
        byScope.computeIfAbsent(scope, none -> new ArrayList<>()).add(sale);
      }
    }
    byScope.forEach(
        (scope, of) -> {
          for (Measure measure :
              List.of(scope.isShop() ? Measure.TRANSACTIONS : Measure.UNITS, Measure.REVENUE)) {
            List<Transaction> previous =
                of.stream().filter(s -> comparison.hasPrevious(s.timestamp().getMillis())).toList();
            List<Transaction> current =
                of.stream().filter(s -> comparison.hasCurrent(s.timestamp().getMillis())).toList();
            VolumeChange change =
                new VolumeChange(
                    Instant.ofEpochMilli(comparison.previousStart()),
                    Instant.ofEpochMilli(comparison.currentStart()),
                    end,
                    scope,
                    measure,
                    sum(previous, measure),
                    sum(current, measure),
                    previous.size() + (long) current.size(),
                    Pane.ON_TIME);
            changes.put(key(format(change)), format(change));
          }
        });
  }

  private static Int128 sum(List<Transaction> sales, Measure measure) {
    Int128 sum = Int128.ZERO;
    for (Transaction sale : sales) {
      LineItem only = sale.lineItems().get(0);
      sum =
          sum.plus(
              switch (measure) {
                case REVENUE -> only.amount();
                case UNITS -> Int128.of(only.quantity());
                default -> Int128.of(1);
              });
    }
    return sum;
  }

  /** Returns the end of the comparison that ends with the last sale. */
  private static Instant lastEnd(PeriodCalendar calendar, List<Transaction> sales) {
    long last = sales.get(sales.size() - 1).timestamp().getMillis();
    return calendar.comparisons().stream()
        .filter(comparison -> comparison.hasCurrent(last))
        .map(comparison -> Instant.ofEpochMilli(comparison.end()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the row of each key with the largest version, as users find it. */
  private static Map<String, String> lastRows(Iterable<String> rows, Instant lastEnd) {
    Map<String, String> last = new TreeMap<>();
    List<String> byVersion = new ArrayList<>();
    rows.forEach(byVersion::add);
    byVersion.sort(Comparator.comparingInt(row -> version(row)));
    for (String row : byVersion) {
      if (row.compareTo(lastEnd.toString() + "~") < 0) {
        last.put(key(row), row.substring(0, row.lastIndexOf(' ')));
      }
    }
    return last;
  }

  private static String key(String row) {
    return row.substring(0, row.lastIndexOf(": "));
  }

  private static int version(String row) {
    return Integer.parseInt(row.split(" ", -1)[5]);
  }

  private static String format(VolumeChange row) {
    return "%s/%s/%s %s %s %s: %s>%s %d"
        .formatted(
            row.currentEnd(),
            row.currentStart(),
            row.previousStart(),
            row.scope().dimension() + "=" + row.scope().value(),
            row.scope().currency(),
            row.measure(),
            row.previous(),
            row.current(),
            row.version());
  }
}
