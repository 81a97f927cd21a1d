package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No output contains a password, at any log level. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SecuredBrokerIT {
  private static final Path JAR = Path.of("target", "fortnight.jar").toAbsolutePath();
  private static final String SALE =
      "{\"transaction_id\":1,\"timestamp\":\"2022-12-26T09:00\","
          + "\"line_items\":[{\"item_id\":7,\"quantity\":2}]}";

  @TempDir private static Path keys;
  private static SecuredBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(keys);
    broker.makeTopic("sales", 2);
    broker.send("sales", SALE, SALE, "sold out");
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void logsNoSecrets() throws Exception {
    int status = run(broker.shop());

    assertThat(status).as(text()).isZero();
    assertThat(text()).contains("DEBUG", "sasl.jaas.config = [hidden]", "records read");
    assertNoSecret();
    assertThat(broker.values("results.weekly-volume"))
        .singleElement()
        .asString()
        .contains("\"transactions\":2,\"line_items\":2,\"units\":4");
    assertThat(broker.values("results.dead-letters")).hasSize(1);
  }

  @Test
  void reportsAWrongPasswordWithoutItsValue() throws Exception {
    int status = run(broker.user("shop", SecuredBroker.PASSWORD + "!"));

    assertThat(status).isEqualTo(1);
    assertThat(text()).contains("DEBUG", "the brokers reject the login");
    assertNoSecret();
  }

  @Test
  void redriveReportsAWrongPasswordInOneSentence() throws Exception {
    broker.makeTopic("dead", 1);
    Path config = write(broker.user("shop", SecuredBroker.PASSWORD + "!"));

    int status =
        start(
            List.of(
                "-cp",
                JAR.toString(),
                "fortnight.pipelines.Redrive",
                "--from=" + broker.topic("dead"),
                "--to=" + broker.topic("sales"),
                "--kafkaConfig=" + config));

    assertThat(status).isEqualTo(1);
    assertThat(text())
        .isEqualTo(
            "fortnight: %s: the brokers reject the login; check the user and the password in"
                    .formatted(broker.topic("dead"))
                + " --kafkaConfig="
                + config
                + "\n");
  }

  private Path write(Properties kafka) throws Exception {
    Path config = directory.resolve("kafka.properties");
    try (Writer writer = Files.newBufferedWriter(config)) {
      kafka.store(writer, null);
    }
    return config;
  }

  private int run(Properties kafka) throws Exception {
    Path config = write(kafka);
    return start(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=debug",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient=debug",
            "-jar",
            JAR.toString(),
            "--input=" + broker.topic("sales"),
            "--until=now",
            "--output=" + broker.topic("results."),
            "--kafkaConfig=" + config));
  }

  private int start(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start()
        .waitFor();
  }

  private void assertNoSecret() throws Exception {
    String text = text();
    assertThat(text.contains(SecuredBroker.PASSWORD)).isFalse();
    assertThat(text.contains(SecuredBroker.STORE_PASSWORD)).isFalse();
  }

  private Path output() {
    return directory.resolve("output");
  }

  private String text() throws Exception {
    return Files.readString(output());
  }
}
