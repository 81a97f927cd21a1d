package fortnight.runners.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import fortnight.runners.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LocalBrokerIT {
  @TempDir private Path directory;

  @Test
  void keepsTopicsAndMessagesInAGivenDirectory() throws Exception {
    BrokerConfig settings = BrokerConfig.temporary().withData(directory.resolve("kafka"));

    try (LocalBroker broker = LocalBroker.start(settings)) {
      TestTopic sales = TestTopic.create(broker.address(), "sales", 1);
      sales.send("a week");
      assertThat(sales.valuesOfNewGroup()).containsExactly("a week");
    }

    try (LocalBroker broker = LocalBroker.start(settings)) {
      TestTopic sales = new TestTopic(broker.address(), "sales");
      sales.send("another");
      assertThat(sales.valuesOfNewGroup()).containsExactly("a week", "another");
    }
  }

  @Test
  void acceptsARecordOfMoreThanAMebibyte() throws Exception {
    String large = "x".repeat((1 << 20) + 1000);

    try (LocalBroker broker = LocalBroker.start(BrokerConfig.temporary())) {
      TestTopic sales = TestTopic.create(broker.address(), "sales", 1);
      sales.send(large);

      assertThat(sales.valuesOfNewGroup()).containsExactly(large);
    }
  }

  @Test
  void authenticatesClientsByPassword() throws Exception {
    String module = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    Map<String, String> overrides =
        Map.of(
            "security.inter.broker.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "sasl.enabled.mechanisms", "PLAIN",
            "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                module + "username=shop password=key user_shop=key;");
    Properties client = new Properties();
    client.put("security.protocol", "SASL_PLAINTEXT");
    client.put("sasl.mechanism", "PLAIN");
    client.put("sasl.jaas.config", module + "username=shop password=key;");

    try (LocalBroker broker = LocalBroker.start(new BrokerConfig(0, Optional.empty(), overrides))) {
      client.put("bootstrap.servers", broker.address());
      try (Admin admin = Admin.create(client)) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
    }
  }

  @Test
  void reportsAPortInUse() throws Exception {
    try (LocalBroker first = LocalBroker.start(BrokerConfig.temporary())) {
      int port = Integer.parseInt(first.address().substring("localhost:".length()));

      assertThatThrownBy(() -> LocalBroker.start(BrokerConfig.temporary().withPort(port)))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "cannot listen on port %d (Address already in use); use another port, or 0 for a free"
                  + " one",
              port);
    }
  }

  @Test
  void rejectsADirectoryThatIsInUseOrHasOtherFiles() throws Exception {
    Path data = directory.resolve("kafka");
    BrokerConfig settings = BrokerConfig.temporary().withData(data);
    try (LocalBroker first = LocalBroker.start(settings)) {
      assertThat(first.address()).startsWith("localhost:");

      assertThatThrownBy(() -> LocalBroker.start(settings))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("is in use by another broker");
    }

    Files.writeString(directory.resolve("holiday.jpg"), "");
    assertThatThrownBy(() -> LocalBroker.start(settings.withData(directory)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("contains other files than a broker's");
  }

  @Test
  void namesAPropertyThatKafkaRejects() {
    BrokerConfig settings = new BrokerConfig(0, Optional.empty(), Map.of("num.partitions", "some"));

    assertThatThrownBy(() -> LocalBroker.start(settings))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("num.partitions");
  }
}
