package fortnight.runners.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every format has the same volumes and customers on DirectRunner, Flink and Spark, and one with
 * prices and dimensions has the same rows in all analyses. Runs that end write the same bytes,
 * whether they read a file or a topic; streams have the same rows for closed windows.
 *
 * <p>The runs of a jar that end are in one process, and so are the streams, because a JVM takes
 * longer to start than a small run takes.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ParityIT {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final String FLINK = "--runner=FlinkRunner";
  private static final String UNTIL_NOW = "--until=now";
  private static final Pattern START = Pattern.compile("\"window_start\":\"([^\"]+)\"");
  private static final Pattern END = Pattern.compile("\"(?:window|current)_end\":\"([^\"]+)\"");

  /** CSV, and JSON with all analyses; the other presets are JSON with other paths. */
  private static final List<Sales> SALES =
      Boolean.getBoolean("long") ? List.of(Sales.values()) : List.of(Sales.UCI, Sales.REVENUE);

  @TempDir private static Path directory;

  private static final List<Process> PROCESSES = new ArrayList<>();
  private static String broker;
  private static Process streams;

  @BeforeAll
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  static void runEverything() throws Exception {
    for (Sales sales : SALES) {
      sales.write(directory);
    }
    Process brokerProcess =
        JarRun.start(directory.resolve("broker"), "fortnight.jar", List.of(), "broker", "--port=0");
    PROCESSES.add(brokerProcess);
    broker = JarRun.awaitLine(brokerProcess, directory.resolve("broker"), "Broker ready at ");
    sendMessages();

    Process spark = start("spark", "fortnight-spark.jar", Runs.inSequence(runsOnSpark()));
    Process others = start("others", "fortnight.jar", Runs.inSequence(runsOnDirectAndFlink()));
    for (JarRun run :
        List.of(
            JarRun.finish(others, directory.resolve("others")),
            JarRun.finish(spark, directory.resolve("spark")))) {
      assertThat(run.errorsWithoutProgress()).isEmpty();
      assertThat(run.status()).isZero();
    }
    streams = start("streams", "fortnight.jar", Runs.inParallel(streamsOnFlink()));
  }

  /** The broker is the first process, and stopped last: clients without one stop slowly. */
  @AfterAll
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  static void stopProcesses() throws InterruptedException {
    for (int i = PROCESSES.size() - 1; i >= 0; i--) {
      Process process = PROCESSES.get(i);
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SALES")
  void aFileHasTheSameBytesOnEveryRunner(Sales sales) throws IOException {
    hasTheExpectedBytes(sales, "flink");
    hasTheExpectedBytes(sales, "spark");
    for (Path file : files(output(sales, "expected"))) {
      boolean canBeEmpty = file.endsWith("dead-letters.jsonl");
      assertThat(canBeEmpty || Files.size(file) > 0).as("%s", file).isTrue();
    }
  }

  @Test
  void salesWithPricesHaveAllAnalyses() throws IOException {
    List<Analysis> analyses = new ArrayList<>(Analysis.present(true, List.of("store", "category")));
    analyses.addAll(Analysis.onRequest());

    assertThat(files(output(Sales.REVENUE, "expected")))
        .extracting(file -> file.getFileName().toString().replace(".jsonl", ""))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(analyses.stream().map(Analysis::title), Stream.of("dead-letters"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-4", "flink-1", "flink-4"})
  void everyParallelismHasTheSameBytes(String run) throws IOException {
    hasTheExpectedBytes(Sales.REVENUE, run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-topic", "flink-topic", "spark-topic"})
  void aTopicUntilNowHasTheSameBytes(String run) throws IOException {
    hasTheExpectedBytes(Sales.REVENUE, run);
  }

  @ParameterizedTest
  @FieldSource("SALES")
  void aStreamHasTheSameRowsForClosedWindows(Sales sales) throws IOException {
    Path expected = output(sales, "expected");
    Path stream = output(sales, "stream");
    List<String> volumes = Files.readAllLines(expected.resolve("weekly-volume.jsonl"));
    String openWindow = field(START, volumes.get(volumes.size() - 1));

    for (Path file : files(expected)) {
      String analysis = file.getFileName().toString().replace(".jsonl", "");
      List<String> rows = Files.readAllLines(file);
      if (analysis.equals("dead-letters")) { // Their sources differ.
        await(() -> linesIn(stream.resolve(analysis)).size() == rows.size());
      } else {
        List<String> closed = closedBy(openWindow, rows);
        await(() -> linesIn(stream.resolve(analysis)).size() >= closed.size());
        assertThat(linesIn(stream.resolve(analysis))).as(analysis).isEqualTo(closed);
      }
    }
  }

  private static void sendMessages() throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker,
            "linger.ms", 20,
            "max.in.flight.requests.per.connection", 1);
    try (Admin admin = Admin.create(settings);
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Sales sales : SALES) {
        admin.createTopics(List.of(new NewTopic(sales.title(), PARTITIONS, (short) 1))).all().get();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String message : sales.messages(directory)) {
          byte[] value = message.getBytes(ISO_8859_1);
          int partition = sent.size() % PARTITIONS;
          sent.add(producer.send(new ProducerRecord<>(sales.title(), partition, null, value)));
        }
        producer.flush();
        for (Future<RecordMetadata> message : sent) {
          message.get();
        }
      }
    }
  }

  private static List<List<String>> runsOnDirectAndFlink() throws IOException {
    List<List<String>> runs = new ArrayList<>();
    for (Sales sales : SALES) {
      runs.add(ofFile(sales, "expected", "--targetParallelism=1"));
      runs.add(ofFile(sales, "flink", FLINK, "--parallelism=" + sales.parallelism));
    }
    runs.add(ofFile(Sales.REVENUE, "direct-4", "--targetParallelism=4"));
    runs.add(ofFile(Sales.REVENUE, "flink-1", FLINK, "--parallelism=1"));
    runs.add(ofFile(Sales.REVENUE, "flink-4", FLINK, "--parallelism=4"));
    runs.add(ofTopic(Sales.REVENUE, "direct-topic", UNTIL_NOW));
    runs.add(ofTopic(Sales.REVENUE, "flink-topic", UNTIL_NOW, FLINK, "--parallelism=4"));
    return runs;
  }

  private static List<List<String>> runsOnSpark() throws IOException {
    List<List<String>> runs = new ArrayList<>();
    for (Sales sales : SALES) {
      runs.add(ofFile(sales, "spark"));
    }
    runs.add(ofTopic(Sales.REVENUE, "spark-topic", UNTIL_NOW));
    return runs;
  }

  private static List<List<String>> streamsOnFlink() throws IOException {
    List<List<String>> runs = new ArrayList<>();
    for (Sales sales : SALES) {
      runs.add(
          ofTopic(
              sales,
              "stream",
              FLINK,
              "--parallelism=" + sales.parallelism,
              "--checkpointingInterval=2000"));
    }
    return runs;
  }

  private static List<String> ofFile(Sales sales, String name, String... flags) {
    return run(sales, name, sales.file(directory).toString(), sales.flags(), flags);
  }

  private static List<String> ofTopic(Sales sales, String name, String... flags)
      throws IOException {
    String topic = "kafka://" + broker + "/" + sales.title();
    return run(sales, name, topic, sales.topicFlags(directory), flags);
  }

  private static List<String> run(
      Sales sales, String name, String input, List<String> ofSales, String... flags) {
    List<String> run = new ArrayList<>();
    run.add("--input=" + input);
    run.add("--output=" + output(sales, name));
    run.addAll(ofSales);
    run.addAll(List.of(flags));
    return run;
  }

  private static Path output(Sales sales, String run) {
    return directory.resolve(Path.of("results", sales.title(), run));
  }

  private static Process start(String name, String jar, List<String> runs) throws IOException {
    Process process = JarRun.startRuns(directory.resolve(name), jar, runs);
    PROCESSES.add(process);
    return process;
  }

  private static void hasTheExpectedBytes(Sales sales, String run) throws IOException {
    Path output = output(sales, run);
    List<Path> expected = files(output(sales, "expected"));
    assertThat(files(output)).hasSameSizeAs(expected);
    for (Path file : expected) {
      assertThat(output.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  /** The rows of windows that end at a time or before, sorted. */
  private static List<String> closedBy(String time, List<String> rows) {
    return rows.stream().filter(row -> field(END, row).compareTo(time) <= 0).sorted().toList();
  }

  private static String field(Pattern field, String row) {
    Matcher matcher = field.matcher(row);
    assertThat(matcher.find()).as(row).isTrue();
    return matcher.group(1);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(BETWEEN_LOOKS)
        .failFast(
            () ->
                assertThat(streams.isAlive())
                    .as(Files.readString(directory.resolve(Path.of("streams", "stderr"))))
                    .isTrue())
        .until(condition);
  }

  /** The lines of all files in a directory, sorted; none if it does not exist. */
  private static List<String> linesIn(Path results) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(results)) {
      for (Path file : files(results)) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static List<Path> files(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.sorted().toList();
    }
  }
}
