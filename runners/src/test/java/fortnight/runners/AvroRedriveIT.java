package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.pipelines.Redrive;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rejected records of Avro files are redriven with the schemas of their files. Two files with
 * different schemas have sales with a local time, and with an epoch, which needs a {@code
 * timeUnit}.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AvroRedriveIT {
  private static final String LOCAL_TIMES = "--format=id=id,time=at,item=sku,records=avro";
  private static final String EPOCHS = "--format=id=id,time=at,item=sku,timeUnit=ms,records=avro";

  private static final Schema OLD =
      schema(
          """
          {"type": "record", "name": "Sale", "fields": [
            {"name": "id", "type": "long"},
            {"name": "at", "type": ["string", "long"]},
            {"name": "sku", "type": "string"}]}
          """);
  private static final Schema NEW =
      schema(
          """
          {"type": "record", "name": "Sale", "doc": "Ä \\"new\\" one", "fields": [
            {"name": "sku", "type": ["null", "string"]},
            {"name": "at", "type": ["long", "string"]},
            {"name": "id", "type": "int"}]}
          """);

  private static final String MONDAY = "2023-01-02T09:00:00";
  private static final long MONDAY_MILLIS = 1_672_650_000_000L;
  private static final long WEEK_MILLIS = 7 * 86_400_000L;

  /** The encoded record begins with a zero byte, as the id of a schema does. */
  private static final GenericRecord ZERO = old(0, MONDAY_MILLIS);

  private static final List<GenericRecord> OLD_EPOCHS =
      List.of(ZERO, old(2, MONDAY_MILLIS + WEEK_MILLIS));
  private static final List<GenericRecord> NEW_EPOCHS =
      List.of(ofNew(4, MONDAY_MILLIS), ofNew(5, MONDAY_MILLIS + 2 * WEEK_MILLIS));

  private static LocalBroker broker;

  @TempDir private Path directory;

  private Path rejected;
  private TestTopic sales;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(BrokerConfig.temporary());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void redriveRejectedRecords(TestInfo test) throws Exception {
    Path files = Files.createDirectory(directory.resolve("files"));
    write(files.resolve("old.avro"), List.of(OLD_EPOCHS.get(0), old(1, MONDAY), OLD_EPOCHS.get(1)));
    write(
        files.resolve("new.avro"), List.of(ofNew(3, MONDAY), NEW_EPOCHS.get(0), NEW_EPOCHS.get(1)));
    rejected = analyze("files", "--input=" + files + "/*.avro", LOCAL_TIMES);
    sales = TestTopic.create(broker.address(), test.getTestMethod().orElseThrow().getName(), 1);
    redrive(rejected.resolve("dead-letters.jsonl"));
  }

  @Test
  void recordsHaveTheRowsOfFilesThatAreAccepted() throws IOException {
    Path accepted = Files.createDirectory(directory.resolve("accepted"));
    write(accepted.resolve("old.avro"), OLD_EPOCHS);
    write(accepted.resolve("new.avro"), NEW_EPOCHS);
    Path expected = analyze("expected", "--input=" + accepted + "/*.avro", EPOCHS);

    Path redriven = analyze("redriven", topic(EPOCHS));

    for (String analysis : ResultRows.ANALYSES) {
      String file = analysis + ".jsonl";
      assertThat(redriven.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
    assertThat(Files.readAllLines(redriven.resolve("product-volume.jsonl"))).hasSize(3);
    assertThat(redriven.resolve("dead-letters.jsonl")).isEmptyFile();
  }

  @Test
  void recordsThatAreRejectedAgainKeepTheirSchemas() throws IOException {
    Path again = directory.resolve("again");
    PipelineRun run = run(again, topic(LOCAL_TIMES));
    assertThat(run.status()).as(run.err()).isEqualTo(1); // Nothing is accepted.

    List<String> before = Files.readAllLines(rejected.resolve("dead-letters.jsonl"));
    List<String> after = Files.readAllLines(again.resolve("dead-letters.jsonl"));
    assertThat(content(before)).hasSize(4).anyMatch(letter -> letter.contains("Ä \\\"new\\\" one"));
    assertThat(content(after)).containsExactlyInAnyOrderElementsOf(content(before));
    assertThat(after)
        .allMatch(letter -> letter.contains("\"source\":\"" + sales.name() + "/0/"))
        .allMatch(letter -> letter.endsWith("\"redriven\":true}"));
  }

  /** The fields that a redrive does not change. */
  private static List<String> content(List<String> letters) throws IOException {
    List<String> contents = new ArrayList<>();
    for (String letter : letters) {
      JsonNode fields = new ObjectMapper().readTree(letter);
      contents.add(
          fields.get("reason").asText()
              + fields.get("message").asText()
              + fields.path("payload").asText()
              + fields.path("payload_base64").asText()
              + fields.get("schema").asText());
    }
    return contents;
  }

  private String[] topic(String format) {
    return new String[] {
      "--input=" + sales.address(), "--until=2024-01-01", format, "--schemaRegistry=none"
    };
  }

  private void redrive(Path letters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    int status = Redrive.run(stream, stream, "--from=" + letters, "--to=" + sales.address());
    assertThat(status).as(out.toString(UTF_8)).isZero();
  }

  private Path analyze(String name, String... args) {
    Path output = directory.resolve(name + "-out");
    PipelineRun run = run(output, args);
    assertThat(run.status()).as(run.err()).isZero();
    return output;
  }

  private static PipelineRun run(Path output, String... args) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--output=" + output;
    return PipelineRun.of(all);
  }

  private static void write(Path file, List<GenericRecord> records) throws IOException {
    Schema schema = records.get(0).getSchema();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, file.toFile());
      for (GenericRecord sale : records) {
        writer.append(sale);
      }
    }
  }

  private static GenericRecord old(long id, Object at) {
    return record(OLD, Map.of("id", id, "at", at, "sku", "a"));
  }

  private static GenericRecord ofNew(int id, Object at) {
    return record(NEW, Map.of("id", id, "at", at, "sku", "a"));
  }

  private static GenericRecord record(Schema schema, Map<String, Object> values) {
    GenericRecord record = new GenericData.Record(schema);
    values.forEach(record::put);
    return record;
  }

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }
}
