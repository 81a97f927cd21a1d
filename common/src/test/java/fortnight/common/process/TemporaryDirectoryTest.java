package fortnight.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryDirectoryTest {
  private static final String LOCK = ".fortnight-lock";

  @TempDir private Path all;

  @Test
  void isDeletedOnceItsProcessWasKilled() throws Exception {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + all,
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName())
            .start();
    try (BufferedReader output = owner.inputReader()) {
      Path directory = Path.of(output.readLine());

      TemporaryDirectory.deleteAbandonedIn(all);
      assertThat(directory.resolve("deep/file")).exists();

      owner.destroyForcibly().waitFor();
      TemporaryDirectory.deleteAbandonedIn(all);
      assertThat(directory).doesNotExist();
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void isNotDeletedByItsOwnProcess() throws IOException {
    try (TemporaryDirectory own = TemporaryDirectory.create("test")) {
      TemporaryDirectory.deleteAbandonedIn(own.path().getParent());

      assertThat(own.path().resolve(LOCK)).exists();
    }
  }

  @Test
  void isNotDeletedWithoutPrefixAndLock() throws IOException {
    Path unlocked = Files.createDirectories(all.resolve("fortnight-a/b")).getParent();
    Path elsewhere = abandoned(all.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(all.resolve("fortnight-link"), elsewhere);

    TemporaryDirectory.deleteAbandonedIn(all);

    assertThat(unlocked).exists();
    assertThat(elsewhere.resolve(LOCK)).exists();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void isDeletedIfItsLockIsFree() throws IOException {
    Path abandoned = abandoned(all.resolve("fortnight-run-1"));

    TemporaryDirectory.deleteAbandonedIn(all);

    assertThat(abandoned).doesNotExist();
  }

  private static Path abandoned(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(LOCK), "");
    Files.writeString(directory.resolve("left"), "");
    return directory;
  }

  /** The main class of a process that has a temporary directory until it is killed. */
  static final class Owner {
    public static void main(String[] args) throws Exception {
      Path directory = TemporaryDirectory.create("test").path();
      Files.createDirectory(directory.resolve("deep"));
      Files.writeString(directory.resolve("deep/file"), "");
      System.out.println(directory);
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
