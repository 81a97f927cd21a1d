package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the faults do to records, seen from outside: in the file, and in the truth. */
class FaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD =
      "\\{\"transaction_id\": \\d+, \"customer_id\": \\d+, \"timestamp\": \"20[^\"]{24}\","
          + " \"line_items\": \\[(\\{\"item_id\": \\d+, \"quantity\": \\d}(, |]))+}";
  private static final String SMALL = "--transactions=20000";

  @TempDir Path folder;

  @Test
  void withoutFaultsTheTruthIsWhatTheFileSays() throws IOException {
    simulate(SMALL);

    assertThat(Figures.told(truth("analysis"))).isEqualTo(Figures.of(records()));
    assertThat(truth("fault")).isEmpty();
  }

  @Test
  void noFaultChangesTheFigures() throws IOException {
    simulate(SMALL);
    List<String> inPeace = Figures.of(records());

    simulate(SMALL, "--outOfOrder=1d", "--late=0.1:30d", "--duplicates=0.1", "--malformed=0.1");

    assertThat(Figures.of(validOnes().values())).isEqualTo(inPeace);
    assertThat(Figures.told(truth("analysis"))).isEqualTo(inPeace);
  }

  @Test
  void disorderKeepsItsBound() throws IOException {
    simulate(SMALL);
    List<String> inOrder = lines();

    simulate(SMALL, "--outOfOrder=6h");

    long most = mostOutOfOrder(records());
    assertThat(lines()).isNotEqualTo(inOrder).containsExactlyInAnyOrderElementsOf(inOrder);
    assertThat((double) most).isBetween(5 * 3600e6, 6 * 3600e6);
    assertThat(sum("most_out_of_order_micros")).isEqualTo(most);
  }

  @Test
  void lateOnesAreHeldUpAndNamed() throws IOException {
    simulate(SMALL, "--late=0.01:3d");

    List<Long> late = ids(truth("fault", "LATE"));
    assertThat(late.size()).isBetween(150, 250);
    assertThat(sum("late")).isEqualTo(late.size());
    assertThat((double) mostOutOfOrder(records())).isCloseTo(3 * 86_400e6, offset(3600e6));
    long newest = 0;
    List<Long> behind = new ArrayList<>();
    for (JsonNode transaction : records()) {
      long id = transaction.get("transaction_id").longValue();
      if (id < newest) {
        behind.add(id);
      }
      newest = Math.max(newest, id);
    }
    assertThat(late).containsAll(behind);
    assertThat(behind.size()).isGreaterThan(late.size() - 5); // the last of all are not overtaken
  }

  @Test
  void duplicatesAreTheSameBytesSoonAfter() throws IOException {
    simulate(SMALL, "--duplicates=0.02");

    Map<String, Integer> seen = new HashMap<>();
    lines().forEach(line -> seen.merge(line, 1, Integer::sum));
    List<Long> twice = new ArrayList<>();
    for (Map.Entry<String, Integer> line : seen.entrySet()) {
      if (line.getValue() == 2) {
        twice.add(JSON.readTree(line.getKey()).get("transaction_id").longValue());
      }
    }
    assertThat(seen.values()).containsOnly(1, 2);
    assertThat(twice).hasSizeBetween(300, 500);
    assertThat(ids(truth("fault", "DUPLICATE"))).containsExactlyInAnyOrderElementsOf(twice);
    assertThat(mostOutOfOrder(records())).isLessThan(60_000_000);
  }

  @Test
  void brokenOnesComeInAddition() throws IOException {
    simulate(SMALL);
    List<String> whole = lines();

    simulate(SMALL, "--malformed=0.01");

    List<String> all = new ArrayList<>(lines());
    whole.forEach(all::remove);
    assertThat(all).hasSize(truth("fault", "MALFORMED").size()).hasSizeBetween(150, 250);
    assertThat(truth("fault", "MALFORMED"))
        .extracting(line -> line.get("reason").asText())
        .contains(
            "MALFORMED_JSON",
            "MISSING_FIELD",
            "BAD_ID",
            "BAD_QUANTITY",
            "BAD_TIMESTAMP",
            "TIMESTAMP_OUT_OF_RANGE",
            "TOO_LARGE");
    assertThat(sum("records")).isEqualTo(whole.size() + all.size());
  }

  @Test
  void nobodyBuysAndNothingArrivesInSilence() throws IOException {
    simulate(SMALL);
    List<String> always = lines();

    simulate("--customers=1017", "--idle=2022-03-01/2022-04-01", "--outOfOrder=1h");

    assertThat(lines()).noneMatch(line -> line.contains("\"2022-03-"));
    assertThat(sum("idle") + sum("transactions")).isCloseTo(always.size(), withPercentage(1));
  }

  private void simulate(String... flags) {
    Run run =
        Run.of(
            List.of(
                "--output=" + folder.resolve("out.jsonl"),
                "--truth=" + folder.resolve("truth.jsonl")),
            flags);
    assertThat(run).isEqualTo(new Run(0, ""));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("out.jsonl"), UTF_8);
  }

  private List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines()) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  private List<JsonNode> truth() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("truth.jsonl"), UTF_8)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private List<JsonNode> truth(String field) throws IOException {
    return truth().stream().filter(row -> row.has(field)).toList();
  }

  private List<JsonNode> truth(String field, String value) throws IOException {
    return truth(field).stream().filter(row -> row.get(field).asText().equals(value)).toList();
  }

  private long sum(String name) throws IOException {
    List<JsonNode> rows = truth();
    return rows.get(rows.size() - 1).get(name).longValue();
  }

  /** What is no broken copy, each once. */
  private Map<Long, JsonNode> validOnes() throws IOException {
    Map<Long, JsonNode> valid = new TreeMap<>();
    for (String line : lines()) {
      if (line.matches(RECORD)) {
        JsonNode transaction = JSON.readTree(line);
        valid.put(transaction.get("transaction_id").longValue(), transaction);
      }
    }
    return valid;
  }

  private static long mostOutOfOrder(List<JsonNode> records) {
    long newest = Long.MIN_VALUE;
    long most = 0;
    for (JsonNode record : records) {
      long time = Micros.of(LocalDateTime.parse(record.get("timestamp").asText()));
      newest = Math.max(newest, time);
      most = Math.max(most, newest - time);
    }
    return most;
  }

  private static List<Long> ids(List<JsonNode> faults) {
    return faults.stream().map(fault -> fault.get("transaction_id").longValue()).toList();
  }
}
