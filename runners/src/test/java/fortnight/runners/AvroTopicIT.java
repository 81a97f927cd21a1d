package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A topic of Avro with a schema registry gives the rows of the same records in JSON. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AvroTopicIT {
  private static final String FORMAT =
      "--format=id=id,time=at,customer=customer.id,item=lines[].sku,quantity=lines[].qty";
  private static final String AVRO = FORMAT + ",records=avro";

  private static final int OLD = 1;
  private static final int NEW = 4711;

  private static final int SALES = 1_000;
  private static final Instant MONDAY = Instant.parse("2023-01-02T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Map<Integer, Schema> SCHEMAS =
      Map.of(
          OLD,
          schema(
              """
              {"type": "record", "name": "Sale", "fields": [
                {"name": "id", "type": "long"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "lines", "type": {"type": "array", "items":
                  {"type": "record", "name": "Line", "fields": [
                    {"name": "sku", "type": "string"}, {"name": "qty", "type": "int"}]}}}]}
              """),
          NEW,
          schema(
              """
              {"type": "record", "name": "Sale", "fields": [
                {"name": "note", "type": ["null", "string"]},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "id", "type": "int"},
                {"name": "lines", "type": {"type": "array", "items":
                  {"type": "record", "name": "Line", "fields": [
                    {"name": "qty", "type":
                      {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                    {"name": "sku", "type": ["null", "string"]}]}}},
                {"name": "customer", "type": ["null", {"type": "record", "name": "Customer",
                  "fields": [{"name": "id", "type": "string"}]}]}]}
              """));

  @TempDir private static Path directory;

  private static LocalBroker broker;
  private static Path json;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start(BrokerConfig.temporary());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < SALES; i++) {
      lines.add(
          "{\"id\":%d,\"at\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"qty\":%d}]%s}"
              .formatted(i, at(i), sku(i), qty(i), isNew(i) ? ",\"customer\":{\"id\":\"c\"}" : ""));
    }
    json = Files.write(directory.resolve("sales.jsonl"), lines);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void aBackfillOfTwoSchemasWritesTheBytesOfTheSameRecordsInJson() throws Exception {
    TestTopic topic = TestTopic.create(broker.address(), "backfill", 2);
    send(topic, 0, SALES);
    Path expected = run("json", "--input=" + json, FORMAT);

    try (Registry registry = Registry.start(0)) {
      Path output =
          run(
              "avro",
              "--input=" + topic.address(),
              "--until=2024-01-01",
              AVRO,
              "--schemaRegistry=" + registry.url());

      for (String analysis : ResultRows.ANALYSES) {
        String file = analysis + ".jsonl";
        assertThat(output.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
      }
      assertThat(output.resolve("dead-letters.jsonl")).isEmptyFile();
    }
  }

  @Test
  void aStreamWaitsForTheRegistry() throws Exception {
    TestTopic topic = TestTopic.create(broker.address(), "stream", 2);
    Path expected = run("file", "--input=" + json, FORMAT);
    Set<String> closed =
        ResultRows.closedBy("2023-02-06T00:00:00", ResultRows.inFile(expected, "weekly-volume"));
    Path output = directory.resolve("stream");
    Registry registry = Registry.start(0);
    sendWith(topic, OLD, SALES / 2);

    try (JarProcess stream =
        JarProcess.analyze(
            directory,
            "--runner=FlinkRunner",
            "--parallelism=2",
            "--input=" + topic.address(),
            "--output=" + output,
            "--idleAfter=2s",
            "--checkpointingInterval=1000",
            AVRO,
            "--schemaRegistry=" + registry.url())) {
      await(stream, () -> ResultRows.inPanes(output, "weekly-volume").size() >= 2);
      registry.close();
      send(topic, SALES / 2, SALES);
      await(stream, () -> stream.errors().contains("Waiting for the schema registry"));
      registry = Registry.start(registry.port());

      await(stream, () -> ResultRows.inPanes(output, "weekly-volume").equals(closed));
      assertThat(ResultRows.linesIn(output.resolve("dead-letters"))).isEmpty();
      assertThat(stream.errors()).contains("answers again");
    } finally {
      registry.close();
    }
  }

  private static void await(JarProcess stream, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .failFast(() -> assertThat(stream.isAlive()).as(stream.errors()).isTrue())
        .until(condition);
  }

  private static Path run(String name, String... args) {
    Path output = directory.resolve(name);
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--output=" + output);
    PipelineRun run = PipelineRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return output;
  }

  /** Sends the sales with these numbers, every third of them with the new schema. */
  private static void send(TestTopic topic, int from, int to) throws Exception {
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int i = from; i < to; i++) {
        producer.send(new ProducerRecord<>(topic.name(), i % 2, null, message(i, isNew(i)))).get();
      }
    }
  }

  /** Sends the first sales with one schema. */
  private static void sendWith(TestTopic topic, int schema, int count) throws Exception {
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < count; i++) {
        byte[] message = message(i, schema == NEW);
        producer.send(new ProducerRecord<>(topic.name(), i % 2, null, message)).get();
      }
    }
  }

  private static Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.address()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static boolean isNew(int number) {
    return number % 3 == 0;
  }

  private static Instant at(int number) {
    return MONDAY.plus(Duration.ofHours(number));
  }

  private static String sku(int number) {
    return "sku-" + number % 7;
  }

  private static int qty(int number) {
    return number % 5 - 1;
  }

  private static byte[] message(int number, boolean isNew) throws IOException {
    int id = isNew ? NEW : OLD;
    Schema schema = SCHEMAS.get(id);
    Schema line = schema.getField("lines").schema().getElementType();
    GenericRecord item = new GenericData.Record(line);
    item.put("sku", sku(number));
    item.put("qty", isNew ? decimal(line.getField("qty").schema(), qty(number)) : qty(number));
    GenericRecord sale = new GenericData.Record(schema);
    sale.put("lines", List.of(item));
    if (isNew) {
      sale.put("id", number);
      sale.put("at", at(number).toEpochMilli() * 1_000);
      GenericRecord customer =
          new GenericData.Record(schema.getField("customer").schema().getTypes().get(1));
      customer.put("id", "c");
      sale.put("customer", customer);
    } else {
      sale.put("id", (long) number);
      sale.put("at", at(number).toEpochMilli());
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(message, null);
    new GenericDatumWriter<GenericRecord>(schema).write(sale, encoder);
    return message.toByteArray();
  }

  private static ByteBuffer decimal(Schema schema, int value) {
    return new Conversions.DecimalConversion()
        .toBytes(BigDecimal.valueOf(value).setScale(2), schema, schema.getLogicalType());
  }

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  /** A schema registry in this process. */
  private record Registry(HttpServer server) implements AutoCloseable {
    static Registry start(int port) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/schemas/types", exchange -> answer(exchange, "[\"AVRO\"]"));
      SCHEMAS.forEach(
          (id, schema) ->
              server.createContext(
                  "/schemas/ids/" + id,
                  exchange ->
                      answer(
                          exchange,
                          "{\"schema\":\"" + schema.toString().replace("\"", "\\\"") + "\"}")));
      server.start();
      return new Registry(server);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
      exchange.sendResponseHeaders(200, json.getBytes(UTF_8).length);
      exchange.getResponseBody().write(json.getBytes(UTF_8));
      exchange.close();
    }

    int port() {
      return server.getAddress().getPort();
    }

    String url() {
      return "http://localhost:" + port();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
