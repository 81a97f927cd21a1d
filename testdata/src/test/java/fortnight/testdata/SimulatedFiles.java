package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the simulator, and reads its files. */
final class SimulatedFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD =
      "\\{\"transaction_id\": \\d+, \"customer_id\": \\d+, \"timestamp\": \"20[^\"]{24}\","
          + " \"line_items\": \\[(\\{\"item_id\": \\d+, \"quantity\": \\d}(, |]))+}";

  private final Path folder;

  SimulatedFiles(Path folder) {
    this.folder = folder;
  }

  void simulate(String... flags) {
    SimulateRun run =
        SimulateRun.of(
            List.of(
                "--output=" + folder.resolve("out.jsonl"),
                "--truth=" + folder.resolve("truth.jsonl")),
            flags);
    assertThat(run).isEqualTo(new SimulateRun(0, ""));
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("out.jsonl"), UTF_8);
  }

  List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines()) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  List<JsonNode> truth() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("truth.jsonl"), UTF_8)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  List<JsonNode> truth(String field) throws IOException {
    return truth().stream().filter(row -> row.has(field)).toList();
  }

  List<JsonNode> truth(String field, String value) throws IOException {
    return truth(field).stream().filter(row -> row.get(field).asText().equals(value)).toList();
  }

  long sum(String name) throws IOException {
    List<JsonNode> rows = truth();
    return rows.get(rows.size() - 1).get(name).longValue();
  }

  /** The records that are not malformed, without duplicates. */
  Map<Long, JsonNode> validRecords() throws IOException {
    Map<Long, JsonNode> valid = new TreeMap<>();
    for (String line : lines()) {
      if (line.matches(RECORD)) {
        JsonNode transaction = JSON.readTree(line);
        valid.put(transaction.get("transaction_id").longValue(), transaction);
      }
    }
    return valid;
  }
}
