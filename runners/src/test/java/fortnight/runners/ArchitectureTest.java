package fortnight.runners;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dependencies between the packages of a module point one way, and packages and files of main code
 * are small.
 */
class ArchitectureTest {
  private static final String PACKAGE_INFO = "package-info.java";
  private static final int MIN_LINES = 30;
  private static final int MAX_LINES = 300;
  private static final int MAX_TYPES = 25;

  private static final List<String> MODULES =
      List.of("common", "transforms", "pipelines", "report", "testdata", "benchmarks", "runners");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(MODULES.stream().map(module -> "fortnight." + module).toList());

  @Test
  void packagesOfCommon() {
    checkDependencies(
        "fortnight.common",
        Map.of(
            "", Set.of(),
            "cli", Set.of(),
            "time", Set.of(),
            "process", Set.of("cli"),
            "kafka", Set.of("cli"),
            "jdbc", Set.of("", "cli")));
  }

  @Test
  void packagesOfTransforms() {
    checkDependencies(
        "fortnight.transforms",
        Map.of(
            "", Set.of(),
            "formats", Set.of(""),
            "csv", Set.of("", "formats"),
            "avro", Set.of(""),
            "parse", Set.of("", "formats", "csv", "avro"),
            "volumes", Set.of(""),
            "duplicates", Set.of("")));
  }

  @Test
  void packagesOfPipelines() {
    checkDependencies(
        "fortnight.pipelines",
        Map.ofEntries(
            Map.entry("", Set.of("run", "redrive", "propose", "options", "rows", "io", "runner")),
            Map.entry("run", Set.of("options", "files", "io", "rows", "runner")),
            Map.entry("redrive", Set.of("compression", "kafka", "rows")),
            Map.entry("propose", Set.of("files", "kafka", "rows")),
            Map.entry(
                "options",
                Set.of("files", "kafka", "jdbc", "registry", "encoding", "io", "rows", "runner")),
            Map.entry("files", Set.of("compression", "globs", "encoding", "io", "rows", "runner")),
            Map.entry("kafka", Set.of("encoding", "io", "rows", "runner")),
            Map.entry("jdbc", Set.of("io", "rows")),
            Map.entry("encoding", Set.of("rows")),
            Map.entry("io", Set.of("rows")),
            Map.entry("rows", Set.of()),
            Map.entry("compression", Set.of()),
            Map.entry("globs", Set.of()),
            Map.entry("registry", Set.of()),
            Map.entry("runner", Set.of())));
  }

  @Test
  void packagesOfReport() {
    checkDependencies(
        "fortnight.report",
        Map.of(
            "", Set.of("live", "page", "rows"),
            "live", Set.of("metrics", "page", "rows", "tables"),
            "metrics", Set.of("rows"),
            "page", Set.of("rows"),
            "tables", Set.of("rows"),
            "rows", Set.of()));
  }

  @Test
  void packagesOfTestdata() {
    checkDependencies(
        "fortnight.testdata",
        Map.of(
            "", Set.of("output", "delivery", "formats", "model"),
            "output", Set.of("delivery", "model"),
            "delivery", Set.of("formats", "model"),
            "formats", Set.of("model"),
            "model", Set.of()));
  }

  /** fortnight-flink.jar contains fortnight.runners.flink alone. */
  @Test
  void packagesOfRunners() {
    checkDependencies(
        "fortnight.runners",
        Map.of(
            "", Set.of("flink", "cluster", "broker"),
            "cluster", Set.of(),
            "broker", Set.of(),
            "flink", Set.of()));
  }

  /** Both set read_committed; records of aborted transactions must not be counted. */
  @Test
  void consumersAreCreatedInTwoPlaces() {
    noClasses()
        .that()
        .doNotHaveSimpleName("KafkaClients")
        .and()
        .doNotHaveSimpleName("TrackingConsumer")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("KafkaConsumer")
        .check(CLASSES);
  }

  /**
   * Checks the dependencies between the packages of a module.
   *
   * @param allowed the packages that each package may depend on; the root package is empty
   */
  private static void checkDependencies(String module, Map<String, Set<String>> allowed) {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : allowed.keySet()) {
      String javaPackage = name.isEmpty() ? module : module + "." + name;
      architecture = architecture.layer(layer(name)).definedBy(javaPackage);
    }
    for (Map.Entry<String, Set<String>> entry : allowed.entrySet()) {
      String[] layers =
          entry.getValue().stream().map(ArchitectureTest::layer).toArray(String[]::new);
      architecture =
          layers.length == 0
              ? architecture.whereLayer(layer(entry.getKey())).mayNotAccessAnyLayer()
              : architecture.whereLayer(layer(entry.getKey())).mayOnlyAccessLayers(layers);
    }
    architecture.check(CLASSES);
  }

  private static String layer(String name) {
    return name.isEmpty() ? "root" : name;
  }

  @Test
  void noFileIsLong() {
    assertThat(mainFiles())
        .filteredOn(file -> lines(file) > MAX_LINES)
        .as("files of more than " + MAX_LINES + " lines")
        .isEmpty();
  }

  @Test
  void fewFilesAreShort() {
    List<Path> files = mainFiles().stream().filter(file -> !file.endsWith(PACKAGE_INFO)).toList();

    assertThat(files)
        .filteredOn(file -> lines(file) < MIN_LINES)
        .as("files of fewer than " + MIN_LINES + " lines, in 5 % of all files at most")
        .hasSizeLessThan(files.size() / 20);
  }

  @Test
  void noPackageIsLarge() {
    Map<Path, Long> types =
        mainFiles().stream()
            .filter(file -> !file.endsWith(PACKAGE_INFO))
            .collect(groupingBy(Path::getParent, counting()));

    types.values().removeIf(count -> count <= MAX_TYPES);
    assertThat(types).as("packages of more than " + MAX_TYPES + " types").isEmpty();
  }

  @Test
  void everyPackageHasADescription() {
    // Some benchmarks are in the package of the code that they measure.
    Path benchmarks = sources("benchmarks");
    Path own = benchmarks.resolve(Path.of("fortnight", "benchmarks"));

    assertThat(mainFiles())
        .filteredOn(file -> !file.startsWith(benchmarks) || file.startsWith(own))
        .extracting(file -> file.resolveSibling(PACKAGE_INFO))
        .allMatch(Files::exists);
  }

  private static List<Path> mainFiles() {
    return Stream.concat(MODULES.stream(), Stream.of("runners/spark", "benchmarks/spark"))
        .flatMap(module -> javaFiles(sources(module)).stream())
        .toList();
  }

  private static Path sources(String module) {
    return Path.of("..", module, "src", "main", "java");
  }

  private static List<Path> javaFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
