package fortnight.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.benchmarks.peers.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two products in one week: a figure that is wrong anywhere is found. */
final class RowChecksTest {
  private static final String CHANGES =
      """
      {"previous_start":"2021-12-27T00:00:00","current_start":"2022-01-03T00:00:00",%s\
      "previous":0,"current":%d,"change":%d,"ratio":null}
      """;

  @TempDir Path directory;
  private WindowSums truth;

  @BeforeEach
  void writeRows() throws Exception {
    write(Row.WEEKLY_VOLUME, volume("\"transactions\":2,", 3, 9));
    write(Row.VOLUME_CHANGE, CHANGES.formatted("", 2, 2));
    write(Row.PRODUCT_VOLUME, volume("\"item_id\":7,", 2, 4) + volume("\"item_id\":8,", 1, 5));
    write(Row.PRODUCT_VOLUME_CHANGE, change(7, 4) + change(8, 5));
    Path said = directory.resolve("truth.jsonl");
    Files.writeString(said, volume("\"analysis\":\"weekly-volume\",\"transactions\":2,", 3, 9));
    truth = WindowSums.of(new SimulatedYear(said, said));
  }

  @Test
  void rightRowsAreCounted() throws Exception {
    assertThat(RowChecks.check(directory, truth)).isEqualTo(6);
  }

  @Test
  void aWeekThatTheSimulatorHasOtherwise() throws IOException {
    write(Row.WEEKLY_VOLUME, volume("\"transactions\":3,", 3, 9));

    assertThatIsFound("weekly-volume of 2022-01-03T00:00:00");
  }

  @Test
  void aProductThatIsMissing() throws IOException {
    write(Row.PRODUCT_VOLUME, volume("\"item_id\":7,", 2, 4));

    assertThatIsFound("product-volume of 2022-01-03T00:00:00");
  }

  @Test
  void aChangeOfAnotherVolume() throws IOException {
    write(Row.VOLUME_CHANGE, CHANGES.formatted("", 3, 3));

    assertThatIsFound("volume-change, current of 2022-01-03T00:00:00: 3, not 2");
  }

  @Test
  void aProductsChangeOfAnotherVolume() throws IOException {
    write(Row.PRODUCT_VOLUME_CHANGE, change(7, 4) + change(8, 6));

    assertThatIsFound("product-volume-change, current of 2022-01-03T00:00:00: 10, not 9");
  }

  @Test
  void aVolumeThatIsAnotherInTheNextWindow() throws IOException {
    String next = CHANGES.replace("01-03", "01-10").replace("2021-12-27", "2022-01-03");
    write(Row.VOLUME_CHANGE, CHANGES.formatted("", 2, 2) + next.formatted("", 1, 1));

    assertThatIsFound("volume-change, previous of 2022-01-03T00:00:00: 0, not 2");
  }

  private void assertThatIsFound(String sentence) {
    assertThatThrownBy(() -> RowChecks.check(directory, truth))
        .isInstanceOf(CannotRun.class)
        .hasMessageContaining(sentence);
  }

  private void write(String analysis, String rows) throws IOException {
    Files.writeString(directory.resolve(analysis + ".jsonl"), rows);
  }

  private static String volume(String more, int lineItems, int units) {
    return "{\"window_start\":\"2022-01-03T00:00:00\",%s\"line_items\":%d,\"units\":%d}\n"
        .formatted(more, lineItems, units);
  }

  private static String change(int item, int units) {
    return CHANGES.formatted("\"item_id\":%d,".formatted(item), units, units);
  }
}
