package fortnight.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two products in one week: a wrong figure is found in each kind of row. */
final class RowChecksTest {
  private static final String CHANGES =
      """
      {"previous_start":"2021-12-27T00:00:00","current_start":"2022-01-03T00:00:00",%s\
      "previous":0,"current":%d,"change":%d,"ratio":null}
      """;

  @TempDir Path directory;
  private WindowSums expected;

  @BeforeEach
  void writeRows() throws Exception {
    write("weekly-volume", volume("\"transactions\":2,", 3, 9));
    write("volume-change", CHANGES.formatted("", 2, 2));
    write("product-volume", volume("\"item_id\":7,", 2, 4) + volume("\"item_id\":8,", 1, 5));
    write("product-volume-change", change(7, 4) + change(8, 5));
    Path truth = directory.resolve("truth.jsonl");
    Files.writeString(truth, volume("\"analysis\":\"weekly-volume\",\"transactions\":2,", 3, 9));
    expected = WindowSums.of(new SimulatedYear(truth, truth));
  }

  @Test
  void correctRowsAreCounted() throws Exception {
    assertThat(RowChecks.check(directory, expected)).isEqualTo(6);
  }

  @Test
  void findsAWeekThatDiffersFromTheSimulator() throws IOException {
    write("weekly-volume", volume("\"transactions\":3,", 3, 9));

    assertThatIsFound("weekly-volume of 2022-01-03T00:00:00");
  }

  @Test
  void findsAMissingProduct() throws IOException {
    write("product-volume", volume("\"item_id\":7,", 2, 4));

    assertThatIsFound("product-volume of 2022-01-03T00:00:00");
  }

  @Test
  void findsAChangeOfAnotherVolume() throws IOException {
    write("volume-change", CHANGES.formatted("", 3, 3));

    assertThatIsFound("volume-change, current of 2022-01-03T00:00:00: 3, expected 2");
  }

  @Test
  void findsAProductsChangeOfAnotherVolume() throws IOException {
    write("product-volume-change", change(7, 4) + change(8, 6));

    assertThatIsFound("product-volume-change, current of 2022-01-03T00:00:00: 10, expected 9");
  }

  @Test
  void findsAVolumeThatDiffersInTheNextWindow() throws IOException {
    String next = CHANGES.replace("01-03", "01-10").replace("2021-12-27", "2022-01-03");
    write("volume-change", CHANGES.formatted("", 2, 2) + next.formatted("", 1, 1));

    assertThatIsFound("volume-change, previous of 2022-01-03T00:00:00: 0, expected 2");
  }

  private void assertThatIsFound(String sentence) {
    assertThatThrownBy(() -> RowChecks.check(directory, expected))
        .isInstanceOf(CommandException.class)
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
