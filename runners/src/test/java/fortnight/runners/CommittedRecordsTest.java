package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every consumer of the program reads committed records only. */
class CommittedRecordsTest {
  private static final Path ROOT = Path.of("..");

  /** The files that create consumers, each with that setting. */
  private static final List<String> PLACES =
      List.of("common/kafka/KafkaClients.java", "pipelines/kafka/TrackingConsumer.java");

  @Test
  void noOtherFileCreatesAConsumer() throws IOException {
    try (Stream<Path> sources = programSources()) {
      assertThat(sources.filter(source -> text(source).contains("KafkaConsumer")))
          .allMatch(source -> PLACES.stream().anyMatch(source::endsWith))
          .hasSameSizeAs(PLACES);
    }
  }

  @Test
  void eachOfThemSetsIt() {
    assertThat(text(ROOT.resolve("common/src/main/java/fortnight/common/kafka/KafkaClients.java")))
        .contains("ISOLATION_LEVEL_CONFIG, \"read_committed\"");
    assertThat(
            text(
                ROOT.resolve(
                    "pipelines/src/main/java/fortnight/pipelines/kafka/TrackingConsumer.java")))
        .contains("return clients.consumer(");
  }

  @Test
  void noFileSetsAnotherLevel() throws IOException {
    try (Stream<Path> sources = programSources()) {
      assertThat(sources.filter(source -> text(source).contains("read_uncommitted"))).isEmpty();
    }
  }

  private static Stream<Path> programSources() throws IOException {
    return Stream.of("common", "pipelines", "report", "runners", "testdata", "transforms")
        .map(module -> ROOT.resolve(module).resolve("src/main/java"))
        .flatMap(CommittedRecordsTest::javaFiles);
  }

  private static Stream<Path> javaFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
