package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.Redrive;
import fortnight.pipelines.RetailAnalytics;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are sent to the input topic: the selected ones, once, and unchanged. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RedriveIT {
  private static LocalBroker broker;

  @TempDir private Path directory;

  private TestTopic dead;
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
  void makeTopics(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    dead = TestTopic.create(broker.address(), name + ".dead-letters", 2);
    sales = TestTopic.create(broker.address(), name + ".sales", 2);
  }

  @Test
  void sendsUnchangedPayloadsWithAHeader() throws Exception {
    dead.send(
        letter("BAD_ID", "sales/0/1", "\"payload\":\"{\\\"customer_id\\\": \\\"Zoë 🐕\\\"}\\r\""),
        letter("MALFORMED_JSON", "sales/1/1", "\"payload_base64\":\"//4=\""));

    Result result = redrive();

    assertThat(result.status()).as(result.err()).isZero();
    List<ConsumerRecord<byte[], byte[]>> sent = sales.records();
    assertThat(sent.stream().map(ConsumerRecord::value))
        .containsExactlyInAnyOrder(
            "{\"customer_id\": \"Zoë 🐕\"}\r".getBytes(UTF_8),
            new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(sent)
        .allSatisfy(
            message -> {
              assertThat(message.key()).isNull();
              assertThat(message.headers().toArray()).hasSize(1);
              assertThat(message.headers().lastHeader("fortnight-redriven").value())
                  .isEqualTo("1".getBytes(UTF_8));
            });
  }

  @Test
  void countsSentAndSkippedMessages() throws Exception {
    dead.send(
        letter("BAD_ID", "sales/0/1", "\"payload\":\"a\""),
        letter("BAD_ID", "sales/0/2", "\"payload\":\"b\""),
        letter("BAD_ID", "sales/0/2", "\"payload\":\"b\""),
        letter("TOO_LARGE", "sales/0/3", "\"payload\":\"c\""),
        letter("BAD_ID", "sales/0/4", "\"payload\":\"d\",\"redriven\":true"),
        "sold out");
    dead.send(new ProducerRecord<>(dead.name(), "sales/0/5", null));

    Result result = redrive();

    assertThat(result.table())
        .isEqualTo(
            """
            messages read 7
            sent 2
            skipped 5
            rejected again 1
            same source 1
            too large 1
            not a dead letter 2
            """);
    assertThat(sales.values()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void sendsNothingTwice() throws Exception {
    dead.send(letter("BAD_ID", "sales/0/1", "\"payload\":\"a\""));
    assertThat(redrive().status()).isZero();
    dead.send(letter("BAD_ID", "sales/0/9", "\"payload\":\"a\",\"redriven\":true"));

    Result second = redrive();

    assertThat(second.table())
        .isEqualTo(
            """
            messages read 3
            sent 0
            skipped 3
            rejected again 1
            sent before 1
            notes 1
            """);
    assertThat(sales.values()).containsExactly("a");
    assertThat(redrive("--again").status()).isZero();
    assertThat(redrive("--again").status()).isZero();
    assertThat(sales.values()).containsExactly("a", "a");
  }

  @Test
  void sendsOnlyTheSelectedMessages() throws Exception {
    dead.send(
        letter("BAD_ID", "sales/0/1", "\"payload\":\"id\""),
        letter("BAD_QUANTITY", "sales/0/2", "\"payload\":\"quantity\""));
    dead.send(
        new ProducerRecord<>(
            dead.name(),
            null,
            1_000_000_000_000L, // 2001-09-09
            null,
            letter("BAD_ID", "sales/0/3", "\"payload\":\"old\"")));

    assertThat(redrive("--reason=BAD_TIMESTAMP").table()).contains("filtered out 3");
    assertThat(redrive("--reason=BAD_ID", "--dryRun").table()).contains("would be sent 2");
    assertThat(sales.records()).isEmpty();
    assertThat(redrive("--reason=BAD_ID", "--before=2001-09-10").status()).isZero();
    assertThat(sales.values()).containsExactly("old");
    assertThat(redrive("--reason=BAD_ID", "--since=2001-09-10").status()).isZero();
    assertThat(sales.values()).containsExactlyInAnyOrder("old", "id");
  }

  @Test
  void selectsByReasonAndTimestamp() throws Exception {
    sendAt("2022-12-31T23:59:59.999Z", letter("BAD_ID", "sales/0/1", "\"payload\":\"early\""));
    sendAt("2023-01-01T00:00:00Z", letter("BAD_ID", "sales/0/2", "\"payload\":\"first\""));
    sendAt("2023-01-01T10:00:00Z", letter("BAD_TIMESTAMP", "sales/0/3", "\"payload\":\"other\""));
    sendAt("2023-01-01T10:59:59.999Z", letter("BAD_QUANTITY", "sales/0/4", "\"payload\":\"last\""));
    sendAt("2023-01-01T11:00:00Z", letter("BAD_ID", "sales/0/5", "\"payload\":\"late\""));

    Result result =
        redrive(
            "--reason=bad_id, BAD_QUANTITY",
            "--since=2023-01-01",
            "--before=2023-01-01T12:00:00+01:00");

    assertThat(result.table())
        .isEqualTo(
            """
            messages read 5
            sent 2
            skipped 3
            filtered out 3
            """);
    assertThat(sales.values()).containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void readsACompressedFile() throws Exception {
    Path file = directory.resolve("dead-letters.jsonl");
    String letters =
        letter("BAD_ID", "sales.jsonl:0", "\"payload\":\"Zoë\"")
            + "\n"
            + letter("BAD_ID", "sales.jsonl:9", "\"payload\":\"b\"")
            + "\n";
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(letters.getBytes(UTF_8));
    }

    Result result = run("--from=" + file, "--to=" + sales.address());

    assertThat(result.table())
        .as(result.err())
        .startsWith("messages read 2\nsent 2\n")
        .contains("A file stores no notes");
    assertThat(sales.values()).containsExactlyInAnyOrder("Zoë", "b");
  }

  @Test
  void sendsMoreThanABatch() throws Exception {
    Path file = directory.resolve("dead-letters.jsonl");
    String letters =
        Stream.iterate(0, i -> i + 1)
            .limit(1_234)
            .map(i -> letter("BAD_ID", "sales.jsonl:" + i, "\"payload\":\"" + i + "\""))
            .collect(Collectors.joining("\n"));
    Files.writeString(file, letters);

    assertThat(run("--from=" + file, "--to=" + sales.address()).status()).isZero();

    assertThat(sales.values()).hasSize(1_234).doesNotHaveDuplicates();
  }

  /** A record that fails again is not sent again. */
  @Test
  void sendsARecordOnlyOnceThatFailsAgain() throws Exception {
    sales.send(
        "{\"transaction_id\":1,\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[]}",
        "{\"transaction_id\":2,\"timestamp\":\"yesterday\",\"line_items\":[]}");
    analyse();
    assertThat(redrive().table()).startsWith("messages read 1\nsent 1\n");
    analyse();

    Result second = redrive();

    // The pipeline read the topic again, and wrote the first letter again, under the same key.
    assertThat(second.table())
        .isEqualTo(
            """
            messages read 4
            sent 0
            skipped 4
            rejected again 1
            sent before 2
            notes 1
            """);
    assertThat(sales.records()).hasSize(3);
  }

  @Test
  void reportsMissingBrokersAndTopicsInOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String nowhere = "kafka://localhost:" + port + "/sales";
    String absent = new TestTopic(broker.address(), "absent").address();
    String from = "--from=" + dead.address();
    long start = System.nanoTime();

    Result unreachable = run(from, "--to=" + nowhere);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    Result noInput = run(from, "--to=" + absent);
    Result noLetters = run("--from=" + absent, "--to=" + sales.address());

    assertThat(unreachable.status()).isEqualTo(1);
    assertThat(unreachable.err())
        .startsWith("fortnight: " + nowhere + ": nothing listens at")
        .hasLineCount(1);
    assertThat(seconds).isLessThan(15);
    for (Result result : List.of(noInput, noLetters)) {
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("fortnight: " + absent + ": the topic does not exist")
          .hasLineCount(1);
    }
  }

  private void sendAt(String timestamp, String letter) throws Exception {
    long millis = Instant.parse(timestamp).toEpochMilli();
    dead.send(new ProducerRecord<>(dead.name(), null, millis, null, letter));
  }

  private void analyse() {
    int status =
        RetailAnalytics.run(
            "--input=" + sales.address(),
            "--until=now",
            "--output=" + directory.resolve("out"),
            "--deadLetters=" + dead.address());
    assertThat(status).isZero();
  }

  private Result redrive(String... more) throws IOException {
    String[] args = Arrays.copyOf(more, more.length + 2);
    args[more.length] = "--from=" + dead.address();
    args[more.length + 1] = "--to=" + sales.address();
    return run(args);
  }

  private static Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Redrive.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static String letter(String reason, String source, String rest) {
    return "{\"reason\":\"%s\",\"message\":\"no\",\"source\":\"%s\",%s}"
        .formatted(reason, source, rest);
  }

  private record Result(int status, String out, String err) {
    /** The names and counts of the table. */
    String table() {
      return out.lines()
              .map(line -> line.strip().replaceFirst(" +([0-9,]+)(  .*)?$", " $1"))
              .collect(Collectors.joining("\n"))
          + "\n";
    }
  }
}
