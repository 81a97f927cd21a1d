package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first records of a pipe that its writer does not close. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class IdlePipeTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path directory;

  @Test
  void endsWhenNoFurtherByteArrives() throws Exception {
    Records records = readWhileOpen("id,time\n1,2023\n2,2023\n".getBytes(UTF_8));

    assertThat(records.texts).containsExactly("id,time", "1,2023", "2,2023");
    assertThat(records.isPipeOpen).isTrue();
  }

  @Test
  void endsInsideCompressedData() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, true)) {
      gzip.write("1\n2\n".getBytes(UTF_8));
      gzip.flush();
      Records records = readWhileOpen(compressed.toByteArray());

      assertThat(records.isPipeOpen).isTrue();
    }
  }

  @Test
  void readsAPipeThatEndsToItsEnd() throws Exception {
    Path pipe = pipe();
    CompletableFuture<Void> writer = write(pipe, "1\n2".getBytes(UTF_8), new CountDownLatch(0));

    Records records = new Records();
    FirstRecords.forEachWhile(InputFiles.match(pipe.toString()), Duration.ofMinutes(1), records);

    writer.join();
    assertThat(records.texts).containsExactly("1", "2");
    assertThat(records.isPipeOpen).isFalse();
  }

  private Records readWhileOpen(byte[] bytes) throws Exception {
    Path pipe = pipe();
    CountDownLatch isRead = new CountDownLatch(1);
    CompletableFuture<Void> writer = write(pipe, bytes, isRead);
    Records records = new Records();

    FirstRecords.forEachWhile(InputFiles.match(pipe.toString()), SHORT, records);

    isRead.countDown();
    writer.join();
    return records;
  }

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  /** Writes to a pipe, and closes it after a signal. */
  private static CompletableFuture<Void> write(Path pipe, byte[] bytes, CountDownLatch end) {
    return CompletableFuture.runAsync(
        () -> {
          try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(bytes);
            end.await();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static final class Records implements FirstRecords.Receiver {
    private final List<String> texts = new ArrayList<>();
    private boolean isPipeOpen;

    @Override
    public @Nullable RecordEncoding encoding(InputFile file, byte[] head) {
      return RecordEncoding.JSON;
    }

    @Override
    public boolean add(Payload record) {
      texts.add(new String(record.bytes(), UTF_8));
      return true;
    }

    @Override
    public void endBeforePipe() {
      isPipeOpen = true;
    }
  }
}
