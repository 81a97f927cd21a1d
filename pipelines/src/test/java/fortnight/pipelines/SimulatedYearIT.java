package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.testdata.Simulate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year with every fault that the simulator knows, against the truth that it wrote. */
class SimulatedYearIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void comesOutAsTheSimulatorKnowsIt() throws IOException {
    List<JsonNode> known = simulate();

    TestRun run = analyse();

    JsonNode sums = known.get(known.size() - 1);
    assertThat(run.count("records read")).isEqualTo(sums.get("records").longValue());
    assertThat(run.count("accepted")).isEqualTo(sums.get("transactions").longValue());
    for (Iterator<String> reasons = sums.get("malformed").fieldNames(); reasons.hasNext(); ) {
      String reason = reasons.next();
      assertThat(run.count(reason)).isEqualTo(sums.get("malformed").get(reason).longValue());
    }
    assertFiguresAre(known);
  }

  @Test
  void duplicatesAreAcceptedToo() throws IOException {
    List<JsonNode> known = simulate("--duplicates=0.02");

    TestRun run = analyse();

    JsonNode sums = known.get(known.size() - 1);
    assertThat(sums.get("duplicates").longValue()).isPositive();
    assertThat(run.count("accepted"))
        .isEqualTo(sums.get("transactions").longValue() + sums.get("duplicates").longValue());
  }

  @Test
  void duplicatesThatAreDroppedChangeNothing() throws IOException {
    List<JsonNode> known = simulate("--duplicates=0.02");

    TestRun run = analyse("--dropDuplicatesWithin=1h");

    JsonNode sums = known.get(known.size() - 1);
    assertThat(run.count("duplicates dropped")).isEqualTo(sums.get("duplicates").longValue());
    assertFiguresAre(known);
  }

  /** Returns the truth. */
  private List<JsonNode> simulate(String... more) throws IOException {
    Path truth = directory.resolve("truth.jsonl");
    Stream<String> flags =
        Stream.of(
            "--output=" + input(),
            "--truth=" + truth,
            "--transactions=30000",
            "--outOfOrder=1d",
            "--late=0.02:30d",
            "--malformed=0.02",
            "--idle=2022-08-01/2022-08-15",
            "--skew=100");
    String[] all = Stream.concat(flags, Stream.of(more)).toArray(String[]::new);
    assertThat(new Simulate().execute(System.out, System.err, all)).isZero();
    return rows(truth);
  }

  private TestRun analyse(String... more) {
    Stream<String> flags = Stream.of("--input=" + input(), "--output=" + directory.resolve("out"));
    TestRun run = TestRun.of(Stream.concat(flags, Stream.of(more)).toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private void assertFiguresAre(List<JsonNode> known) throws IOException {
    for (String analysis : List.of("weekly-volume", "product-volume")) {
      assertThat(withoutPane(rows(directory.resolve("out").resolve(analysis + ".jsonl"))))
          .isEqualTo(of(analysis, known));
    }
  }

  private Path input() {
    return directory.resolve("year.jsonl.zst");
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file, UTF_8)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  /** The rows of an analysis, without the revenue: the records have no prices. */
  private static List<JsonNode> of(String analysis, List<JsonNode> truth) {
    return truth.stream()
        .filter(row -> analysis.equals(row.path("analysis").asText()))
        .<JsonNode>map(row -> ((ObjectNode) row).without(List.of("analysis", "revenue")))
        .toList();
  }

  private static List<JsonNode> withoutPane(List<JsonNode> rows) {
    return rows.stream()
        .<JsonNode>map(row -> ((ObjectNode) row).without(List.of("pane", "version")))
        .toList();
  }
}
