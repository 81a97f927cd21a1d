package fortnight.testdata.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void getsItsNameWhenComplete() throws IOException {
    Path path = folder.resolve("new/file");
    try (AtomicFile file = new AtomicFile(path)) {
      file.bytes().write('x');
      file.finish();
      assertThat(path).doesNotExist();
      file.complete();
    }

    assertThat(path).hasContent("x");
    assertThat(path.getParent()).isDirectoryContaining(file -> file.equals(path));
  }

  @Test
  void isDeletedIfNotComplete() throws IOException {
    try (AtomicFile file = new AtomicFile(folder.resolve("file"))) {
      file.bytes().write('x');
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void followsLinks() throws IOException {
    Path folderOfTheTarget = Files.createDirectory(folder.resolve("target"));
    Path absent = Files.createSymbolicLink(folder.resolve("absent"), Path.of("target/absent"));
    Path there = Files.createSymbolicLink(folder.resolve("there"), Path.of("target/there"));
    Files.writeString(folderOfTheTarget.resolve("there"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("folder"), folderOfTheTarget);

    write(absent);
    write(there);
    write(link.resolve("file"));

    assertThat(absent).isSymbolicLink();
    assertThat(there).isSymbolicLink();
    for (String name : new String[] {"absent", "there", "file"}) {
      assertThat(folderOfTheTarget.resolve(name)).isRegularFile().hasContent("x");
    }
  }

  @Test
  void writesIntoANamedPipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe, UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    write(pipe);

    assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("x");
    assertThat(AtomicFile.isSpecial(pipe)).isTrue();
  }

  private static void write(Path path) throws IOException {
    try (AtomicFile file = new AtomicFile(path)) {
      file.bytes().write('x');
      file.finish();
      file.complete();
    }
  }
}
