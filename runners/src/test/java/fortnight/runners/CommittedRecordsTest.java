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
      List.of(
          "pipelines/KafkaClients.java", "pipelines/TellingConsumer.java", "report/Brokers.java");

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
    assertThat(text(ROOT.resolve("pipelines/src/main/java/fortnight/pipelines/KafkaClients.java")))
        .contains("onlyCommitted(settings)", "\"read_committed\"");
    assertThat(text(ROOT.resolve("report/src/main/java/fortnight/report/Brokers.java")))
        .contains("ConsumerConfig.ISOLATION_LEVEL_CONFIG,\n            \"read_committed\"");
  }

  @Test
  void noFileSetsAnotherLevel() throws IOException {
    try (Stream<Path> sources = programSources()) {
      assertThat(sources.filter(source -> text(source).contains("read_uncommitted"))).isEmpty();
    }
  }

  private static Stream<Path> programSources() throws IOException {
    return Stream.of("pipelines", "report", "runners", "testdata", "transforms")
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
