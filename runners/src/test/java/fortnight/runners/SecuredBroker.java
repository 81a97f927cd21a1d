package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker that requires TLS and a password. The user "shop" has all rights, "guest" has none. */
final class SecuredBroker implements AutoCloseable {
  static final String PASSWORD = "open-sesame-4711";
  static final String STORE_PASSWORD = "pandoras-box-0815";
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  private final Path directory;
  private final LocalBroker broker;

  private SecuredBroker(Path directory, LocalBroker broker) {
    this.directory = directory;
    this.broker = broker;
  }

  static SecuredBroker start(Path directory) throws Exception {
    Path keys = directory.resolve("broker.p12");
    Path certificate = directory.resolve("broker.pem");
    Path trust = directory.resolve("trust.p12");
    keytool("-genkeypair -keyalg RSA -dname CN=localhost -ext SAN=dns:localhost", keys);
    keytool("-exportcert -rfc -file " + certificate, keys);
    keytool("-importcert -noprompt -file " + certificate, trust);
    Map<String, String> overrides = new HashMap<>();
    overrides.put("security.inter.broker.protocol", "SASL_SSL");
    overrides.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    overrides.put("sasl.enabled.mechanisms", "PLAIN");
    overrides.put(
        "listener.name.sasl_ssl.plain.sasl.jaas.config",
        login(
            "shop", PASSWORD, " user_shop=\"%s\" user_guest=\"%s\"".formatted(PASSWORD, "guest")));
    overrides.put("ssl.keystore.location", keys.toString());
    overrides.put("ssl.keystore.password", STORE_PASSWORD);
    overrides.put("ssl.truststore.location", trust.toString());
    overrides.put("ssl.truststore.password", STORE_PASSWORD);
    overrides.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's listener is plain text, on which the broker is anonymous.
    overrides.put("super.users", "User:shop;User:ANONYMOUS");
    return new SecuredBroker(
        directory, LocalBroker.start(new BrokerConfig(0, Optional.empty(), overrides)));
  }

  String address() {
    return broker.address();
  }

  /** The address of a topic, as flags contain it. */
  String topic(String name) {
    return "kafka://" + address() + "/" + name;
  }

  /** The client properties of the user with all rights. */
  Properties shop() {
    return user("shop", PASSWORD);
  }

  Properties user(String name, String password) {
    Properties properties = new Properties();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put("sasl.jaas.config", login(name, password, ""));
    properties.put("ssl.truststore.location", directory.resolve("trust.p12").toString());
    properties.put("ssl.truststore.password", STORE_PASSWORD);
    return properties;
  }

  void makeTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(shopClient())) {
      TestTopic.create(admin, name, partitions);
    }
  }

  void letGuest(AclOperation operation, String topic) throws Exception {
    try (Admin admin = Admin.create(shopClient())) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:guest", "*", operation, AclPermissionType.ALLOW))))
          .all()
          .get();
    }
  }

  Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(shopClient())) {
      return admin.listTopics().names().get();
    }
  }

  String cleanupPolicy(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(shopClient())) {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .get()
          .get(resource)
          .get("cleanup.policy")
          .value();
    }
  }

  void send(String topic, String... messages) throws Exception {
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer = new KafkaProducer<>(shopClient(), text, text)) {
      for (String message : messages) {
        producer.send(new ProducerRecord<>(topic, message)).get();
      }
    }
  }

  /** The values in the first partition of a topic. */
  List<String> values(String topic) {
    StringDeserializer text = new StringDeserializer();
    TopicPartition partition = new TopicPartition(topic, 0);
    Properties client = shopClient();
    client.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TestTopic.MAX_FETCH_WAIT_MILLIS);
    try (Consumer<String, String> consumer = new KafkaConsumer<>(client, text, text)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }

  @Override
  public void close() {
    broker.close();
  }

  private Properties shopClient() {
    Properties properties = shop();
    properties.put("bootstrap.servers", address());
    return properties;
  }

  private static String login(String name, String password, String more) {
    return MODULE + "username=\"%s\" password=\"%s\"%s;".formatted(name, password, more);
  }

  private static void keytool(String what, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(what.split(" ")));
    command.addAll(List.of("-alias", "broker", "-storepass", STORE_PASSWORD));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    Path log = Files.createTempFile(store.getParent(), "keytool", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
