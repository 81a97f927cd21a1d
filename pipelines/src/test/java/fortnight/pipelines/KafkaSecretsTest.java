package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaClients;
import fortnight.pipelines.kafka.KafkaTopicSource;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.options.RetailOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.common.ReflectHelpers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of --kafkaConfig only the path is known to anything that is shown, stored or sent. */
class KafkaSecretsTest {
  private static final String SECRET = "open-sesame-4711";

  private static final String TOPIC = "--input=kafka://localhost:9092/sales";

  @TempDir Path directory;

  private Path config;

  @BeforeEach
  void hasAFileWithSecrets() throws IOException {
    config =
        write(
            """
            security.protocol=SASL_SSL
            sasl.mechanism=PLAIN
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
              username="shop" password="%1$s";
            ssl.truststore.password=%1$s
            """
                .formatted(SECRET));
  }

  @Test
  void areNotInTheOptions() throws Exception {
    RetailOptions options = flags().options();

    ObjectMapper mapper =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()));
    assertThat(mapper.writeValueAsString(options))
        .contains(config.toString())
        .doesNotContain(SECRET);
    assertThat(options.toString()).doesNotContain(SECRET);
  }

  @Test
  void areNotInTheSerializedGraph() throws Exception {
    List<String> parts = new ArrayList<>();
    for (PTransform<?, ?> step : steps()) {
      if (step instanceof ParDo.MultiOutput<?, ?> parDo) {
        parts.add(serialized(parDo.getFn()));
      } else if (step instanceof Read.Unbounded<?> read) {
        parts.add(serialized(read.getSource()));
      }
    }

    assertThat(parts)
        .filteredOn(part -> part.contains(config.toString()))
        .as("the writes of results and of dead letters; the source is but numbers")
        .hasSize(2);
    assertThat(parts).noneMatch(part -> part.contains(SECRET));
  }

  @Test
  void areNotInDisplayData() throws Exception {
    for (PTransform<?, ?> step : steps()) {
      assertThat(DisplayData.from(step).toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void areNotInTheHelp() {
    TestRun run = TestRun.of("--kafkaConfig=" + config, "--help");

    assertThat(run.out()).contains("--kafkaConfig").doesNotContain(SECRET);
  }

  @Test
  void areNotSaidWhereTheFileIsAbsent() {
    TestRun run = TestRun.of("--kafkaConfig=" + directory.resolve("absent"), TOPIC);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--kafkaConfig=" + directory.resolve("absent") + ": not a readable file");
  }

  @Test
  void areNotSaidWhereTheFileCannotBeRead() throws IOException {
    config = write("ssl.truststore.password=%s\\user\n".formatted(SECRET));

    TestRun run = TestRun.of("--kafkaConfig=" + config, TOPIC);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--kafkaConfig=" + config + ": a \\u is not followed by four hexadecimal digits")
        .doesNotContain(SECRET, "\tat ");
  }

  @Test
  void areNotSaidWhereKafkaMakesNoClientOfThem() throws IOException {
    config = write("security.protocol=" + SECRET + "\n");
    KafkaClients clients = new KafkaClients(config.toString());

    assertThatThrownBy(() -> clients.admin(Map.of("bootstrap.servers", "localhost:9092")))
        .isInstanceOf(CommandException.class)
        .hasNoCause()
        .hasMessage("--kafkaConfig=%s: the value of security.protocol is not valid", config);
  }

  private RetailConfig flags() {
    return RetailConfig.parse(
        TOPIC, "--output=kafka://localhost:9092/results.", "--kafkaConfig=" + config);
  }

  private List<PTransform<?, ?>> steps() {
    RetailConfig flags = flags();
    Pipeline pipeline = Pipeline.create(flags.options());
    // The graph after brokers have reported the partitions.
    RetailAnalytics.build(
        pipeline.apply("Read transactions", Read.from(KafkaTopicSource.of(List.of(0, 1)))), flags);
    List<PTransform<?, ?>> steps = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() != null) {
              steps.add(node.getTransform());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            steps.add(node.getTransform());
          }
        });
    return steps;
  }

  /** Uncompressed, unlike what Beam makes of it, so that a text in it can be found. */
  private static String serialized(Object part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(ISO_8859_1);
  }

  private Path write(String properties) throws IOException {
    return Files.writeString(directory.resolve("kafka.properties"), properties);
  }
}
