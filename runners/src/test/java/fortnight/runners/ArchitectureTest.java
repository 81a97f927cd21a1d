package fortnight.runners;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      List.of("common", "transforms", "testdata", "benchmarks", "runners");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(
              "fortnight.common",
              "fortnight.transforms",
              "fortnight.testdata",
              "fortnight.runners");

  @Test
  void commandsAndKafkaClientsDoNotDependOnEachOther() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("analyses")
        .definedBy("fortnight.common")
        .layer("cli")
        .definedBy("fortnight.common.cli")
        .layer("kafka")
        .definedBy("fortnight.common.kafka")
        .layer("time")
        .definedBy("fortnight.common.time")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("kafka")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("analyses")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void transformsDependOnTheModelAndNotOnEachOther() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy("fortnight.transforms")
        .layer("parse")
        .definedBy("fortnight.transforms.parse")
        .layer("volumes")
        .definedBy("fortnight.transforms.volumes")
        .layer("duplicates")
        .definedBy("fortnight.transforms.duplicates")
        .whereLayer("parse")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("volumes")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("duplicates")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theSimulatorsModelKnowsNoDeliveryAndNoOutput() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command")
        .definedBy("fortnight.testdata")
        .layer("output")
        .definedBy("fortnight.testdata.output")
        .layer("delivery")
        .definedBy("fortnight.testdata.delivery")
        .layer("model")
        .definedBy("fortnight.testdata.model")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("output")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("delivery")
        .mayOnlyBeAccessedByLayers("command", "output")
        .check(CLASSES);
  }

  /** The content of fortnight-flink.jar is fortnight.runners.flink alone. */
  @Test
  void theFlinkRunnerKnowsNoServers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("mains")
        .definedBy("fortnight.runners")
        .layer("flink")
        .definedBy("fortnight.runners.flink")
        .layer("cluster")
        .definedBy("fortnight.runners.cluster")
        .layer("broker")
        .definedBy("fortnight.runners.broker")
        .layer("process")
        .definedBy("fortnight.runners.process")
        .whereLayer("mains")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("flink")
        .mayOnlyBeAccessedByLayers("mains")
        .whereLayer("cluster")
        .mayOnlyBeAccessedByLayers("mains")
        .whereLayer("broker")
        .mayOnlyBeAccessedByLayers("mains")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("mains", "cluster", "broker")
        .check(CLASSES);
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
    return MODULES.stream().flatMap(module -> javaFiles(sources(module)).stream()).toList();
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
