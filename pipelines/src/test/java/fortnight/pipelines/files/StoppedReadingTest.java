package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read before a runner stops a reading, and not used, is read by who resumes it. */
class StoppedReadingTest {
  private static final int LINES = 5_000;

  @TempDir Path directory;

  @Test
  void resumesAPipeAtAnyBatch() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(text(0).getBytes(UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(readInPieces(FileParts.of(InputFiles.match(pipe.toString())))).isEqualTo(LINES);
    writer.join();
  }

  @Test
  void resumesFilesAtAnyBatch() throws Exception {
    for (int file = 0; file < 3; file++) {
      Files.writeString(directory.resolve("file-" + file), text(file));
    }
    for (int file = 3; file < 300; file++) {
      Files.writeString(directory.resolve("file-" + file), "a small one\n");
    }
    FileParts all = FileParts.of(InputFiles.match(directory + "/file-*"));

    assertThat(readInPieces(all)).isEqualTo(3 * LINES + 297);
  }

  /**
   * Reads one batch and uses it, reads another one and does not use it, since the runner has
   * stopped the reading meanwhile, and begins again at the rest.
   */
  private static int readInPieces(FileParts all) throws IOException {
    FileParts.Group group = all.groups(1).get(0);
    List<FileParts.Part> parts = all.parts(group);
    OffsetRange range = group.range();
    List<String> sources = new ArrayList<>();
    long rest = range.getFrom();
    boolean isAtEnd = false;
    while (!isAtEnd) {
      BatchReader reader = OpenFiles.reader(parts, rest);
      Optional<BatchReader.Batch> used = Optional.ofNullable(reader.next(range.getTo()));
      used.ifPresent(
          batch -> batch.payloads().payloads().stream().map(Payload::source).forEach(sources::add));
      isAtEnd = used.isEmpty();
      rest = used.map(batch -> batch.lastPosition() + 1).orElse(rest);
      Optional.ofNullable(isAtEnd ? null : reader.next(range.getTo())).ifPresent(reader::unread);
      if (!isAtEnd && reader.isExpensiveToReopen()) {
        OpenFiles.keep(parts, rest, reader);
      } else {
        reader.close();
      }
    }
    assertThat(sources).doesNotHaveDuplicates();
    return sources.size();
  }

  private static String text(int file) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, LINES)
        .forEach(i -> text.append("line ").append(i).append(" of file ").append(file).append('\n'));
    return text.toString();
  }
}
