package fortnight.report.rows;

import static fortnight.report.RowLines.week;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.report.rows.Table.RowKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results that are replaced by those of a later read of tables. */
class ReplacedResultsTest {
  private static final Set<String> WEEKS = Set.of(Analysis.WEEKLY_VOLUME.title());

  @Test
  void rowsThatWereAddedOrChangedAreReported() throws Exception {
    RunResults results = weeks(week(3, 100, "ON_TIME"), week(10, 50, "EARLY"));

    assertThat(results.replace(weeks(week(3, 100, "ON_TIME"), week(10, 50, "EARLY"))))
        .hasValueSatisfying(none -> assertThat(none).isEmpty());
    assertThat(
            results.replace(
                weeks(week(3, 99, "ON_TIME"), week(10, 50, "EARLY"), week(17, 1, "EARLY"))))
        .hasValueSatisfying(
            changes ->
                assertThat(changes)
                    .extracting(RowKey::start)
                    .containsExactly(start("03"), start("17")));
    assertThat(results.table(Analysis.WEEKLY_VOLUME).size()).isEqualTo(3);
  }

  @Test
  void aPageNeedsAllRowsIfSomeWereRemovedOrTheColumnsDiffer() throws Exception {
    RunResults results = weeks(week(3, 100, "ON_TIME"), week(10, 50, "ON_TIME"));

    assertThat(results.replace(weeks(week(10, 50, "ON_TIME"), week(17, 50, "ON_TIME")))).isEmpty();
    assertThat(
            results.replace(
                weeks(
                    week(10, 50, "ON_TIME").replace("\"units\":9", "\"units\":9.0"),
                    week(17, 50, "ON_TIME"))))
        .isEmpty();
    assertThat(results.table(Analysis.WEEKLY_VOLUME).starts())
        .containsExactly(start("10"), start("17"));
  }

  @Test
  void aPageNeedsAllRowsIfOnlyTheEndsOfTheWindowsDiffer() throws Exception {
    RunResults results = weeks(week(3, 100, "ON_TIME"));
    String longer =
        week(3, 100, "ON_TIME").replace("\"2022-01-10T00:00:00\"", "\"2022-01-17T00:00:00\"");

    assertThat(results.replace(weeks(longer))).isEmpty();
  }

  @Test
  void resultsThatNoLongerExistAreRemoved() throws Exception {
    RunResults results = weeks(week(3, 100, "ON_TIME"));
    results.expect(Analysis.VOLUME_CHANGE.title());
    results.deadLetters();
    results.addMalformed("volume-change", "", "", "");
    results.addMalformed(RunResults.CATALOG, "", "", "");

    assertThat(results.retain(WEEKS)).isTrue();

    assertThat(results.tables()).containsOnlyKeys(Analysis.WEEKLY_VOLUME);
    assertThat(results.rejected()).isEmpty();
    assertThat(results.malformed())
        .extracting(MalformedRows::title)
        .containsExactly(RunResults.CATALOG);
    assertThat(results.retain(WEEKS)).isFalse();
  }

  @Test
  void malformedRowsAreThoseOfTheLaterRead() throws Exception {
    RunResults results = weeks();
    results.addMalformed("weekly-volume", "", "wrong", "");

    results.replace(weeks(week(3, 100, "ON_TIME")));

    assertThat(results.malformed()).isEmpty();
  }

  private static RunResults weeks(String... rows) throws Exception {
    RunResults results = new RunResults(true);
    Table table = results.table(Analysis.WEEKLY_VOLUME);
    for (String row : rows) {
      table.add(JsonRow.parse(row));
    }
    return results;
  }

  private static long start(String day) {
    return new LocalTimes().millis("2022-01-" + day + "T00:00:00");
  }
}
