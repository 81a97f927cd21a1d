package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.report.MoneyResults;
import fortnight.report.rows.RunResults;
import fortnight.report.tables.Snapshot;
import fortnight.report.tables.Snapshot.TableSize;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The state of a live page after later reads of tables. */
class ReplacedStateTest {
  private final LiveState state = new LiveState(FedPage.options(0, Optional.empty()));
  private final PageUpdates page = state.open();

  @Test
  void currenciesWithoutRowsAreRemoved() throws Exception {
    replace(snapshot(MoneyResults.twoStores("EUR", "USD").rows()));
    assertThat(state.next(page, 0)).contains("\"EUR\"", "\"USD\"");

    replace(snapshot(MoneyResults.twoStores("EUR").rows()));
    assertThat(state.next(page, 0)).contains("event: snapshot", "\"EUR\"").doesNotContain("USD");
  }

  @Test
  void valuesOfRemovedTablesAreRemoved() throws Exception {
    Map<Analysis, List<String>> rows = new HashMap<>(MoneyResults.twoStores("EUR").rows());
    replace(snapshot(rows));
    assertThat(state.next(page, 0)).contains("\"store\"");

    rows.keySet().removeIf(analysis -> analysis.dimension().equals("store"));
    replace(snapshot(rows));
    assertThat(state.next(page, 0)).contains("event: snapshot").doesNotContain("\"store\"");
  }

  @Test
  void malformedRowsCountEachTimeTheyAreRead() throws Exception {
    String malformed = "fortnight_malformed_rows_total{result=\"weekly-volume\"} ";
    Map<Analysis, List<String>> rows = Map.of(Analysis.WEEKLY_VOLUME, List.of("{}", "{}"));
    replace(snapshot(rows));
    replace(snapshot(rows));
    assertThat(state.metrics()).contains(malformed + 4);

    replace(snapshot(Map.of(Analysis.WEEKLY_VOLUME, List.of())));
    assertThat(state.metrics()).contains(malformed + 4);
  }

  private void replace(Snapshot snapshot) {
    state.replace(snapshot, StreamStatus.Tables.NONE);
  }

  private static Snapshot snapshot(Map<Analysis, List<String>> rows) throws Exception {
    RunResults results = new RunResults(true);
    Map<String, Long> rowsRead = new HashMap<>();
    List<TableSize> tables = new ArrayList<>();
    for (Map.Entry<Analysis, List<String>> table : rows.entrySet()) {
      String title = table.getKey().title();
      long size = table.getValue().size();
      results.expect(title);
      results.read(title, new StringReader(String.join("\n", table.getValue())));
      rowsRead.put(title, size);
      tables.add(new TableSize(title, "public." + title, size));
    }
    return new Snapshot(results, rowsRead, tables, List.of());
  }
}
