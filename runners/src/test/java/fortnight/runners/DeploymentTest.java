package fortnight.runners;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fortnight.testdata.Simulate;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files in deploy/ match their schemas, the flags of the program, the settings of Flink, and
 * the versions of the build. These tests do not run them.
 */
class DeploymentTest {
  private static final Path FILES = Path.of("deploy");

  @TempDir private Path directory;

  @Test
  void composeFileMatchesTheComposeSpecification() throws Exception {
    assertThat(Schema.ofCompose().problemsOf(compose())).isEmpty();
  }

  @Test
  void deploymentMatchesTheOperatorsResource() throws Exception {
    JsonNode deployment = deployment();

    assertThat(deployment.path("apiVersion").asText()).isEqualTo("flink.apache.org/v1beta1");
    assertThat(deployment.path("kind").asText()).isEqualTo("FlinkDeployment");
    assertThat(Schema.ofFlinkDeployment().problemsOf(deployment.path("spec"))).isEmpty();
  }

  @Test
  void typosDoNotMatch() throws Exception {
    JsonNode compose = compose();
    ((ObjectNode) compose.at("/services/kafka")).put("enviroment", "");
    JsonNode spec = deployment().path("spec");
    ((ObjectNode) spec.path("job")).put("paralelism", 2).put("upgradeMode", "savepoints");

    assertThat(Schema.ofCompose().problemsOf(compose)).isNotEmpty();
    assertThat(Schema.ofFlinkDeployment().problemsOf(spec)).hasSize(2);
  }

  @Test
  void argumentsAreFlagsOfTheProgram() throws Exception {
    Path kafkaSettings = Files.createFile(directory.resolve("client.properties"));
    List<String> inCompose =
        words(compose().at("/services/jobmanager/command"))
            .filter(word -> word.startsWith("--") && !word.startsWith("--job-classname"))
            .toList();
    List<String> inDeployment =
        texts(deployment().at("/spec/job/args"))
            .map(arg -> arg.replaceFirst("^--kafkaConfig=.*", "--kafkaConfig=" + kafkaSettings))
            .toList();

    assertThat(inCompose).contains("--runner=FlinkRunner");
    assertThat(inDeployment).contains("--runner=FlinkRunner", "--kafkaConfig=" + kafkaSettings);
    assertThat(otherErrors(inCompose)).isEmpty();
    assertThat(otherErrors(inDeployment)).isEmpty();
  }

  @Test
  void simulatorsArgumentsAreItsFlags() throws Exception {
    List<String> args =
        new ArrayList<>(
            words(compose().at("/services/simulator/command"))
                .filter(word -> word.startsWith("--"))
                .toList());
    args.add("--nonsense");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();

    int status =
        new Simulate()
            .execute(
                System.out,
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                args.toArray(String[]::new));

    assertThat(status).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("--nonsense");
  }

  @Test
  void settingsAreThoseOfFlink() throws Exception {
    Map<String, String> inCompose = composeSettings();
    Map<String, String> inDeployment = deploymentSettings();

    assertThat(FlinkOptions.problemsOf(known(inCompose))).isEmpty();
    assertThat(FlinkOptions.problemsOf(known(inDeployment))).isEmpty();
    assertThatCode(() -> FlinkOptions.divideMemory(inCompose)).doesNotThrowAnyException();
    assertThatCode(() -> FlinkOptions.divideMemory(inDeployment)).doesNotThrowAnyException();
  }

  /** The image splits each line at its first colon, and removes every blank. */
  @Test
  void settingsInTheComposeFileHaveNoBlanks() throws Exception {
    assertThat(composeSettings().values()).isNotEmpty().noneMatch(value -> value.contains(" "));
  }

  @Test
  void imageContainsTheJarAndTheFlinkOfTheBuild() throws Exception {
    String dockerfile = Files.readString(FILES.resolve("Dockerfile"));
    JsonNode spec = deployment().path("spec");
    String flink = EnvironmentInformation.getVersion();
    String minor = flink.replaceFirst("\\.\\d+$", "");

    assertThat(dockerfile)
        .containsPattern("(?m)^FROM flink:" + Pattern.quote(flink) + "-scala_2\\.12-java17$")
        .contains("\nCOPY target/fortnight-flink.jar /opt/flink/usrlib/\n");
    assertThat(Path.of("pom.xml")).content().contains("<finalName>fortnight-flink</finalName>");
    assertThat(FILES.resolve("Dockerfile.dockerignore"))
        .content()
        .contains("\n!target/fortnight-flink.jar\n");
    assertThat(spec.at("/job/jarURI").asText())
        .isEqualTo("local:///opt/flink/usrlib/fortnight-flink.jar");
    assertThat(spec.path("flinkVersion").asText()).isEqualTo("v" + minor.replace('.', '_'));
  }

  @Test
  void brokerHasTheVersionOfTheBuild() throws Exception {
    assertThat(compose().at("/services/kafka/image").asText())
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    assertThat(compose().at("/services/topic/image").asText())
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void mainClassExists() throws Exception {
    String entryClass = deployment().at("/spec/job/entryClass").asText();

    assertThat(Class.forName(entryClass)).hasDeclaredMethods("main");
    assertThat(words(compose().at("/services/jobmanager/command"))).contains(entryClass);
  }

  /** The errors except for that of an unknown flag, which prevents the run. */
  private static List<String> otherErrors(List<String> args) {
    List<String> withUnknown = new ArrayList<>(args);
    withUnknown.add("--nonsense=1");
    PipelineRun run = PipelineRun.of(withUnknown.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--nonsense: unknown flag");
    return run.err()
        .lines()
        .filter(line -> line.contains("--") && !line.contains("--nonsense"))
        .filter(line -> !line.equals("See --help."))
        .toList();
  }

  /** The settings except for those of plugins and the operator, which are not on the class path. */
  private static Map<String, String> known(Map<String, String> settings) {
    Map<String, String> known = new TreeMap<>(settings);
    known.keySet().removeIf(key -> key.matches("(metrics\\.reporter|kubernetes\\.operator)\\..*"));
    return known;
  }

  private static Map<String, String> composeSettings() throws Exception {
    JsonNode jobManager = compose().at("/services/jobmanager/environment");
    assertThat(compose().at("/services/taskmanager/environment")).isEqualTo(jobManager);
    return jobManager
        .path("FLINK_PROPERTIES")
        .asText()
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The settings, and those that the operator derives from the resources. */
  private static Map<String, String> deploymentSettings() throws Exception {
    JsonNode spec = deployment().path("spec");
    Map<String, String> settings = new TreeMap<>();
    spec.path("flinkConfiguration")
        .fields()
        .forEachRemaining(field -> settings.put(field.getKey(), field.getValue().asText()));
    settings.put("jobmanager.memory.process.size", spec.at("/jobManager/resource/memory").asText());
    settings.put(
        "taskmanager.memory.process.size", spec.at("/taskManager/resource/memory").asText());
    return settings;
  }

  private static JsonNode compose() throws Exception {
    return Yaml.read(FILES.resolve("compose.yaml"));
  }

  private static JsonNode deployment() throws Exception {
    return Yaml.read(FILES.resolve("flink-deployment.yaml"));
  }

  private static Stream<String> words(JsonNode command) {
    return Stream.of(command.asText().split("\\s+"));
  }

  private static Stream<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }
}
