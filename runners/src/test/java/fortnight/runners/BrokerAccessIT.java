package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broker refuses is known before the run, and said in one sentence without a secret. */
@Timeout(value = 15, unit = TimeUnit.SECONDS)
class BrokerAccessIT {
  private static final String SALE =
      "{\"transaction_id\":1,\"timestamp\":\"2022-12-26T09:00\","
          + "\"line_items\":[{\"item_id\":7,\"quantity\":2}]}";

  @TempDir private static Path keys;
  private static SecuredBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(keys);
    broker.makeTopic("sales", 2);
    broker.send("sales", SALE);
  }

  @AfterAll
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void makesTheTopicsOfResultsCompacted() throws Exception {
    PipelineRun run = run(broker.shop(), "sales", "--output=" + broker.topic("made."));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(broker.values("made.product-volume"))
        .singleElement()
        .asString()
        .startsWith("{\"window_start\":\"2022-12-26T00:00:00\"")
        .contains("\"item_id\":7,\"line_items\":1,\"units\":2");
    assertThat(broker.topics())
        .contains(
            "made.weekly-volume",
            "made.volume-change",
            "made.product-volume",
            "made.product-volume-change",
            "made.dead-letters");
    assertThat(broker.cleanupPolicy("made.weekly-volume")).isEqualTo("compact");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void warnsOfATopicThatIsNotCompacted() throws Exception {
    broker.makeTopic("plain.weekly-volume", 1);

    PipelineRun run =
        run(
            broker.shop(),
            "sales",
            "--output=" + broker.topic("plain."),
            "--analyses=weekly-volume");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .hasLineCount(1)
        .contains(broker.topic("plain.weekly-volume") + " is not compacted");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void leavesToTheProgramWhatItsResultsDependOn() throws Exception {
    Properties shared = broker.shop();
    shared.put("bootstrap.servers", "elsewhere.invalid:9092");
    shared.put("auto.offset.reset", "latest");
    shared.put("acks", "0");
    shared.put("default.api.timeout.ms", "900000");
    shared.put("value.deserializer", "fortnight.Unknown");

    PipelineRun run = run(shared, "sales", "--output=" + directory.resolve("out"));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String topic = "kafka://localhost:" + free + "/sales";

    assertRefused(PipelineRun.of("--input=" + topic, output()), topic + ": nothing listens at");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    String topic = "kafka://elsewhere.invalid:9092/sales";

    assertRefused(PipelineRun.of("--input=" + topic, output()), topic + ": unknown host");
  }

  @Test
  void saysThatWhatListensGivesNoAnswer() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String topic = "kafka://localhost:" + mute.getLocalPort() + "/sales";

      assertRefused(
          PipelineRun.of("--input=" + topic, output()), topic + ": the brokers do not answer");
    }
  }

  @Test
  void namesTheProtocolWhereTheBrokersExpectTls() {
    assertRefused(
        PipelineRun.of("--input=" + broker.topic("sales"), output()),
        broker.topic("sales")
            + ": the brokers do not answer; check that they run, the addresses that they advertise,"
            + " and security.protocol (with or without TLS) and sasl.mechanism in --kafkaConfig");
  }

  @Test
  void namesTheProtocolWhereTheBrokersExpectNoTls() throws Exception {
    try (LocalBroker plain = LocalBroker.start(BrokerConfig.temporary())) {
      String topic = "kafka://" + plain.address() + "/sales";
      Path config = write(broker.shop());

      PipelineRun run = PipelineRun.of("--input=" + topic, output(), "--kafkaConfig=" + config);

      // The broker is in this process, too, and complains.
      assertThat(run.err().lines().filter(line -> line.startsWith("fortnight: ")))
          .containsExactly(
              "fortnight: %s: the brokers do not answer; check that they run, the addresses that they advertise, and security.protocol (with or without TLS) and sasl.mechanism in --kafkaConfig=%s"
                  .formatted(topic, config));
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void saysThatTheCertificateIsNotTrusted() throws Exception {
    Properties trusting = broker.shop();
    trusting.remove("ssl.truststore.location");
    trusting.remove("ssl.truststore.password");

    assertRefused(run(trusting, "sales", output()), "the broker's certificate is not trusted");
  }

  @Test
  void saysThatTheLoginIsRefused() throws Exception {
    assertRefused(
        run(broker.user("shop", SecuredBroker.PASSWORD + "!"), "sales", output()),
        broker.topic("sales")
            + ": the brokers reject the login; check the user and the password in --kafkaConfig="
            + directory);
  }

  @Test
  void saysThatTheTopicIsAbsent() throws Exception {
    assertRefused(
        run(broker.shop(), "absent", output()),
        broker.topic("absent") + ": the topic does not exist");
    assertThat(broker.topics()).doesNotContain("absent");
  }

  @Test
  void saysThatTheTopicMayNotBeSeen() throws Exception {
    broker.makeTopic("secret", 1);

    assertRefused(
        run(broker.user("guest", "guest"), "secret", output()),
        broker.topic("secret") + ": access is denied");
  }

  @Test
  void saysThatTheTopicMayBeSeenButNotRead() throws Exception {
    broker.makeTopic("shown", 1);
    broker.letGuest(AclOperation.DESCRIBE, "shown");

    assertRefused(
        run(broker.user("guest", "guest"), "shown", output()),
        broker.topic("shown") + ": access is denied");
  }

  @Test
  void saysThatTheTopicMayBeReadButNotWritten() throws Exception {
    broker.makeTopic("read.weekly-volume", 1);
    broker.letGuest(AclOperation.READ, "read.weekly-volume");
    broker.letGuest(AclOperation.READ, "sales");

    assertRefused(
        run(
            broker.user("guest", "guest"),
            "sales",
            "--output=" + broker.topic("read."),
            "--analyses=weekly-volume",
            "--deadLetters=" + directory.resolve("rejected.jsonl")),
        broker.topic("read.weekly-volume") + ": access is denied");
  }

  @Test
  void saysThatTheTopicMayNotBeMade() throws Exception {
    broker.letGuest(AclOperation.READ, "sales");

    assertRefused(
        run(broker.user("guest", "guest"), "sales", "--output=" + broker.topic("unmade.")),
        ": access is denied");
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.mechanism, FOO-4711, sasl.mechanism in --kafkaConfig",
    "security.protocol, FOO-4711, the value of security.protocol is not valid",
    "sasl.jaas.config, open-sesame-4711, the value of sasl.jaas.config is not valid",
    "sasl.jaas.config, no.Module required p=open-sesame-4711;, the value of sasl.jaas.config",
    "ssl.truststore.password, FOO-4711, the password of a key store or trust store is wrong",
    "ssl.truststore.location, /absent/FOO-4711, a key store or trust store in it does not exist",
    "ssl.truststore.type, FOO-4711, Kafka",
    "max.block.ms, open-sesame-4711, the value of max.block.ms is not valid",
    "max.poll.records, -4711, the value of max.poll.records is not valid",
  })
  void namesTheFileAndNotTheValue(String name, String value, String reason) throws Exception {
    Properties wrong = broker.shop();
    wrong.put(name, value);

    PipelineRun run = run(wrong, "sales", output());

    assertRefused(run, "--kafkaConfig=" + directory);
    assertThat(run.err()).contains(reason).doesNotContain(value);
  }

  private PipelineRun run(Properties kafka, String topic, String... more) throws IOException {
    String[] args = new String[more.length + 3];
    args[0] = "--input=" + broker.topic(topic);
    args[1] = "--until=now";
    args[2] = "--kafkaConfig=" + write(kafka);
    System.arraycopy(more, 0, args, 3, more.length);
    return PipelineRun.of(args);
  }

  private Path write(Properties kafka) throws IOException {
    Path config = directory.resolve("kafka.properties");
    try (Writer writer = Files.newBufferedWriter(config)) {
      kafka.store(writer, null);
    }
    return config;
  }

  private String output() {
    return "--output=" + directory.resolve("out");
  }

  private static void assertRefused(PipelineRun run, String reason) {
    assertThat(run.err()).startsWith("fortnight: ").hasLineCount(1).contains(reason);
    assertThat(run.err()).doesNotContain(SecuredBroker.PASSWORD, SecuredBroker.STORE_PASSWORD);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
