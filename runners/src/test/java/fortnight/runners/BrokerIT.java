package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code broker} of the jar, in its own process. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BrokerIT {
  private static final String READY = "Broker ready at ";

  @TempDir private Path directory;

  @Test
  void servesUntilSigtermAndDeletesItsFiles() throws Exception {
    try (JarProcess broker = broker("--port=0")) {
      String address = broker.awaitLine(READY);

      assertThat(address).startsWith("localhost:");
      assertThat(broker.temporaryFiles()).hasSize(1);
      TestTopic.create(address, "sales", 1);
      assertThat(TestTopic.names(address)).containsExactly("sales");

      broker.terminate();

      assertThat(broker.exitStatus()).isEqualTo(JarProcess.TERMINATED);
      assertThat(broker.newLines()).isEmpty();
      assertThat(broker.errors()).isEmpty();
      assertThat(broker.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void deletesItsFilesOnSigtermDuringTheStart() throws Exception {
    try (JarProcess broker = broker("--port=0")) {
      broker.awaitTemporaryFiles();

      broker.terminate();

      assertThat(broker.exitStatus()).isEqualTo(JarProcess.TERMINATED);
      assertThat(broker.temporaryFiles()).isEmpty();
    }
  }

  /** A limit on the size of files has the effect of a full disk. */
  @Test
  void reportsAFailedWriteInOneSentence() throws Exception {
    Path data = directory.resolve("kafka");
    try (JarProcess broker =
        JarProcess.serverWithFileLimit(
            directory, 11 << 10, Broker.class, "--data=" + data, "--port=0")) {
      String address = broker.awaitLine(READY);
      TestTopic topic = TestTopic.create(address, "sales", 1);

      topic.sendWithoutWaiting(Collections.nCopies(14, "x".repeat(900_000)));

      assertThat(broker.exitStatus()).isEqualTo(1);
      assertThat(broker.errors().lines())
          .singleElement()
          .asString()
          .startsWith("fortnight: the broker stopped because it cannot write to " + data);
    }
  }

  @Test
  void reportsAPortInUseInOneSentence() throws Exception {
    try (LocalBroker first = LocalBroker.start(BrokerConfig.temporary())) {
      String port = first.address().substring("localhost:".length());

      try (JarProcess second = broker("--port=" + port)) {
        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.errors().lines())
            .singleElement()
            .asString()
            .startsWith("fortnight: cannot listen on port " + port + " (");
        assertThat(second.temporaryFiles()).isEmpty();
      }
    }
  }

  @Test
  void reportsAnIncompleteConfigurationInOneSentence() throws Exception {
    Path config = directory.resolve("config");
    Files.writeString(
        config,
        """
        security.inter.broker.protocol=SASL_PLAINTEXT
        sasl.mechanism.inter.broker.protocol=PLAIN
        sasl.enabled.mechanisms=PLAIN
        """);

    try (JarProcess broker = broker("--port=0", "--config=" + config)) {
      assertThat(broker.exitStatus()).isEqualTo(1);
      assertThat(broker.errors().lines()).singleElement().asString().contains("JAAS configuration");
      assertThat(broker.temporaryFiles()).isEmpty();
    }
  }

  @Test
  void namesAllWrongFlags() throws Exception {
    try (JarProcess broker = broker("--port=-1", "--date=x")) {
      assertThat(broker.exitStatus()).isEqualTo(2);
      assertThat(broker.errors()).contains("--date", "--port=-1: from 0 to 65535");
    }
  }

  private JarProcess broker(String... args) throws IOException {
    return JarProcess.server(directory, Broker.class, args);
  }
}
