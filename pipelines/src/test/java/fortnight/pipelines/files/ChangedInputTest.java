package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.pipelines.TestRun;
import fortnight.pipelines.encoding.TextFormat;
import fortnight.pipelines.files.FileOutput.ResultFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read as it was at the start, or the run fails; either all results are new, or none. */
class ChangedInputTest {
  private static final String LINE =
      "{\"transaction_id\":1,\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[]}\n";

  @TempDir Path directory;

  private Path path;

  @BeforeEach
  void hasAFile() throws IOException {
    path = Files.writeString(directory.resolve("sales.jsonl"), LINE.repeat(100));
  }

  @Test
  void mayGrow() throws IOException {
    InputFile file = match();
    append("{\"unfinished");

    assertThatCode(file::checkUnchanged).doesNotThrowAnyException();
    assertThat(read(file)).isEqualTo(LINE.repeat(100));
  }

  @Test
  void mayNotShrink() throws IOException {
    InputFile file = match();
    Files.writeString(path, LINE.repeat(50));

    assertChanged(file);
    assertThatThrownBy(() -> readParts(file)).hasMessageContaining("changed during the run");
  }

  @Test
  void mayNotBeRewrittenInPlace() throws IOException {
    InputFile file = match();
    Files.writeString(path, LINE.replace("1", "2").repeat(100));

    assertChanged(file);
  }

  @Test
  void mayNotBeReplacedByALongerFile() throws IOException {
    InputFile file = match();
    Path other = Files.writeString(directory.resolve("other"), LINE.replace("09", "8").repeat(300));
    Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);

    assertChanged(file);
  }

  @Test
  void mayNotBeRemoved() throws IOException {
    InputFile file = match();
    Files.delete(path);

    assertThatThrownBy(file::checkUnchanged).hasMessageContaining("was removed during the run");
  }

  /** The pipe delays the end of the run until the file has been truncated. */
  @Test
  void failsTheRunAndKeepsTheEarlierResults() throws Exception {
    Path output = directory.resolve("out");
    assertThat(TestRun.of("--input=" + path, "--output=" + output).status()).isZero();
    Map<String, String> before = TestRun.texts(output);
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              // Opened when the run reads the pipe, after it has determined the file's length.
              try (OutputStream out = Files.newOutputStream(pipe)) {
                Files.writeString(path, LINE);
                out.write(LINE.getBytes(UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    TestRun run = TestRun.of("--input=" + directory + "/{sales.jsonl,pipe}", "--output=" + output);

    writer.join();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("cannot read " + path + ": it was changed during the run")
        .hasLineCount(1);
    assertThat(TestRun.texts(output)).isEqualTo(before);
  }

  @Test
  void commitsNoFileUnlessAllAreComplete() throws IOException {
    OutputFile file = OutputFile.of(directory.resolve("a.jsonl").toString(), "run");
    OutputFile other = OutputFile.of(directory.resolve("b.jsonl").toString(), "run");
    CommitFilesFn fn = new CommitFilesFn(Map.of("a", lines(file), "b", lines(other)), List.of());
    Path finished = Files.writeString(directory.resolve("finished"), "new\n");

    assertThatThrownBy(() -> fn.commit(KV.of(0, List.of(KV.of("a", finished.toString())))))
        .hasMessageContaining("not all result files are complete");
    assertThat(directory.resolve("a.jsonl")).doesNotExist();
  }

  @Test
  void reportsWhichFilesAreCommittedWhenARenameFails() throws IOException {
    Files.createDirectories(directory.resolve("b.jsonl/in-the-way"));
    OutputFile file = OutputFile.of(directory.resolve("a.jsonl").toString(), "run");
    OutputFile other = OutputFile.of(directory.resolve("b.jsonl").toString(), "run");
    CommitFilesFn fn = new CommitFilesFn(Map.of("a", lines(file), "b", lines(other)), List.of());
    Path first = Files.writeString(directory.resolve("first"), "new\n");
    Path second = Files.writeString(directory.resolve("second"), "new\n");

    assertThatThrownBy(
            () ->
                fn.commit(
                    KV.of(0, List.of(KV.of("a", first.toString()), KV.of("b", second.toString())))))
        .hasMessageContaining("cannot write " + other.path())
        .hasMessageContaining(
            file.path() + " was written by this run, all other result files by an earlier one");
  }

  private static ResultFile lines(OutputFile file) {
    return new ResultFile(file, TextFormat.JSON_LINES);
  }

  private void assertChanged(InputFile file) {
    assertThatThrownBy(file::checkUnchanged)
        .hasMessageContaining("cannot read " + path + ": it was changed during the run");
  }

  private InputFile match() {
    return InputFiles.match(path.toString()).get(0);
  }

  private void append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.APPEND);
  }

  private static String read(InputFile file) throws IOException {
    try (var content = InputContent.stream(file)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  private static void readParts(InputFile file) throws IOException {
    FileParts parts = FileParts.of(List.of(file));
    FileParts.Group group = parts.groups().get(0);
    try (BatchReader reader = new BatchReader(parts.parts(group), 0)) {
      Optional<BatchReader.Batch> batch;
      do {
        batch = Optional.ofNullable(reader.next(group.range().getTo()));
      } while (batch.isPresent());
    }
  }
}
