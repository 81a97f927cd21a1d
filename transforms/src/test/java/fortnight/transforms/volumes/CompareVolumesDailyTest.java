package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.item;
import static fortnight.transforms.Sales.sale;
import static fortnight.transforms.Sales.sales;
import static fortnight.transforms.Scope.SHOP;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.joda.time.Duration.standardDays;

import fortnight.transforms.Scope;
import fortnight.transforms.Transaction;
import fortnight.transforms.VolumeChange;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class CompareVolumesDailyTest {
  private static final Duration WEEK = standardDays(7);

  @Test
  void comparesWeeksDailyUpToTheLastTransaction(TestPipeline pipeline) {
    ComparisonWindows daily = ComparisonWindows.of(WEEK, standardDays(1), MONDAY);
    PCollection<Transaction> transactions =
        sales(
            pipeline,
            sale(10, 4, "2023-01-02"),
            sale(10, 2, "2023-01-03"),
            sale(20, 1, "2023-01-10"));

    PCollection<VolumeChange> changes =
        transactions.apply(SliceVolumes.by(daily)).apply(CompareVolumes.by(daily));

    PAssert.that(changes)
        .satisfies(
            rows -> {
              assertThat(rowsOf(SHOP, rows))
                  .containsExactly(
                      "2022-12-27: 0, 1", // Until the end of Monday, January 2nd.
                      "2022-12-28: 0, 2",
                      "2022-12-29: 0, 2",
                      "2022-12-30: 0, 2",
                      "2022-12-31: 0, 2",
                      "2023-01-01: 0, 2",
                      "2023-01-02: 0, 2",
                      "2023-01-03: 1, 1",
                      "2023-01-04: 2, 1");
              assertThat(rowsOf(item(10), rows))
                  .containsExactly(
                      "2022-12-27: 0, 4",
                      "2022-12-28: 0, 6",
                      "2022-12-29: 0, 6",
                      "2022-12-30: 0, 6",
                      "2022-12-31: 0, 6",
                      "2023-01-01: 0, 6",
                      "2023-01-02: 0, 6",
                      "2023-01-03: 4, 2",
                      "2023-01-04: 6, 0");
              assertThat(rowsOf(item(20), rows)).containsExactly("2023-01-04: 0, 1");
              return null;
            });
    pipeline.run();
  }

  /** Formats the rows of a scope, by time, as {@code CURRENT_START: PREVIOUS, CURRENT}. */
  private static List<String> rowsOf(Scope scope, Iterable<VolumeChange> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> row.scope().equals(scope))
        .map(
            row ->
                row.currentStart().toString().substring(0, 10)
                    + ": "
                    + row.previous()
                    + ", "
                    + row.current())
        .sorted()
        .toList();
  }
}
