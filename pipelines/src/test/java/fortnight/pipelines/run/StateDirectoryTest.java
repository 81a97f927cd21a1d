package fortnight.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  private static final Map<String, String> WEEKS = Map.of("--period", "PT604800S", "--from", "");
  private static final Map<String, String> DAYS = Map.of("--period", "PT86400S", "--from", "");

  @TempDir Path directory;

  @Test
  void isOfOneProcessAtATime() throws Exception {
    try (StateDirectory first = StateDirectory.open(directory, WEEKS)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> StateDirectory.open(directory, WEEKS))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "--stateDirectory=%s: another run uses it; stop that run, or use another directory",
              directory);
    }

    StateDirectory.open(directory, WEEKS).close();
  }

  @Test
  void isOfTheFlagsThatItsCheckpointsWereMadeWith() throws Exception {
    StateDirectory.open(directory, WEEKS).close();
    checkpoint("a", 1);

    assertThatThrownBy(() -> StateDirectory.open(directory, DAYS))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--stateDirectory=%s: its checkpoints were made with --period=PT604800S, not"
                + " --period=PT86400S; use the same flags, or another directory",
            directory);
  }

  @Test
  void isOfAnyFlagsAsLongAsItHasNoCheckpoint() throws Exception {
    StateDirectory.open(directory, WEEKS).close();
    Files.createDirectories(directory.resolve("checkpoints/a/chk-1"));

    StateDirectory.open(directory, DAYS).close();

    checkpoint("b", 1);
    StateDirectory.open(directory, DAYS).close();
  }

  @Test
  void holdsNothingElse() throws IOException {
    Files.writeString(directory.resolve("holiday.jpg"), "");

    assertThatThrownBy(() -> StateDirectory.open(directory, WEEKS))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("contains holiday.jpg, which is not part of a state");
  }

  @Test
  void resumesFromTheCompleteCheckpointWithTheLargestNumber() throws IOException {
    checkpoint("a", 9);
    Path newest = checkpoint("b", 10);
    Files.createDirectories(directory.resolve("checkpoints/b/chk-11"));

    assertThat(StateDirectory.newestCheckpoint(directory)).contains(newest);
  }

  @Test
  void keepsOlderCheckpointsUntilThereIsANewerOne() throws IOException {
    Path old = checkpoint("old", 9);
    Files.createDirectories(directory.resolve("checkpoints/new/chk-10"));

    assertThat(StateDirectory.removeOlder(directory, "new")).isFalse();
    assertThat(old).exists();

    Path newer = checkpoint("new", 10);
    assertThat(StateDirectory.removeOlder(directory, "new")).isTrue();
    assertThat(old.getParent()).doesNotExist();
    assertThat(newer).exists();
  }

  private Path checkpoint(String job, int number) throws IOException {
    Path checkpoint = directory.resolve("checkpoints").resolve(job).resolve("chk-" + number);
    Files.createDirectories(checkpoint);
    Files.writeString(checkpoint.resolve("_metadata"), "");
    return checkpoint;
  }
}
