package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that is not text, pipes, and temporary files of other programs. */
class UnusualInputTest {
  @TempDir Path directory;

  private Path in;
  private Path output;

  @BeforeEach
  void hasAnInputAndAnOutput() throws IOException {
    in = Files.createDirectory(directory.resolve("in"));
    output = directory.resolve("out");
  }

  @Test
  void rejectsArchivesAndNamesAllOfThemAtOnce() throws IOException {
    write("good.jsonl", sales(3));
    write("a.jsonl", tar());
    write("b.jsonl", zip());
    write("c.jsonl", gzip(tar()));
    write("d.jsonl", gzip(gzip(sales(3))));
    write("e.jsonl", hex("fd377a585a0000"));

    TestRun run = TestRun.of("--input=" + in + "/*", "--output=" + output, "--period=long");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("in/a.jsonl is a tar archive, which is not supported; unpack it")
        .contains("in/b.jsonl is a ZIP archive")
        .contains("in/c.jsonl is a tar archive compressed with gzip")
        .contains("in/d.jsonl is compressed twice")
        .contains("in/e.jsonl is compressed with xz")
        .contains("--period=long");
    assertThat(output).doesNotExist();
  }

  @Test
  void rejectsOtherFormats() throws IOException {
    List<byte[]> others =
        List.of(
            hex("04224d18"),
            hex("5d000080"),
            hex("377abcaf271c"),
            hex("1f9d90"),
            hex("ff060000734e61507059"),
            "PAR1".getBytes(UTF_8),
            "\uFEFF{}\n".getBytes(UTF_16LE),
            "{}\n".getBytes(UTF_16LE));
    for (byte[] other : others) {
      write("other", other);

      TestRun run = run();

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("in/other is ", "which is not supported");
    }
  }

  @Test
  void readsCompressedFilesOfAnyName() throws IOException {
    write("a.jsonl", gzip(sales(3)));
    write("b.gzip", gzip(sales(4)));
    write("plain.gz", sales(5));

    TestRun run = run();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(12);
  }

  @Test
  void rejectsAnEmptyFileWithTheSuffixOfACompressedOne() throws IOException {
    write("a.jsonl", sales(3));
    write("b.jsonl.gz", new byte[0]);

    TestRun run = run();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("in/b.jsonl.gz: it is truncated").hasLineCount(1);
  }

  @Test
  void skipsHiddenFiles() throws IOException {
    write("_SUCCESS", new byte[0]);
    write("part-0.jsonl", sales(1));
    write(".part-0.jsonl.inprogress", sales(1));
    write(".part-0.jsonl.crc", hex("63726300"));
    Files.createDirectory(in.resolve("_temporary"));
    write("_temporary/part-0.jsonl", sales(1));

    for (String glob : List.of("/*", "/**")) {
      TestRun run = TestRun.of("--input=" + in + glob, "--output=" + output);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.count("records read")).isEqualTo(1);
    }
    assertThat(TestRun.of("--input=" + in + "/.*d.*", "--output=" + output).status()).isEqualTo(2);
  }

  @Test
  void readsBracesOverDirectories() throws IOException {
    Files.createDirectories(in.resolve("2023-01"));
    Files.createDirectories(in.resolve("2023-02"));
    write("2023-01/a.jsonl", sales(1));
    write("2023-02/a.jsonl", sales(1));

    TestRun run = TestRun.of("--input=" + in + "/{2023-01,2023-02}/*.jsonl", "--output=" + output);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(2);
  }

  @Test
  void readsAPipeOnce() throws Exception {
    TestRun plain = throughPipe(sales(20_000));
    assertThat(plain.status()).as(plain.err()).isZero();
    assertThat(plain.count("accepted")).isEqualTo(20_000);

    TestRun compressed = throughPipe(gzip(sales(20_000)));
    assertThat(compressed.status()).as(compressed.err()).isZero();
    assertThat(compressed.count("accepted")).isEqualTo(20_000);
  }

  @Test
  void reportsThatAnEmptyPipeHasNoRecords() throws Exception {
    TestRun pipe = throughPipe(new byte[0]);

    assertThat(pipe.status()).isEqualTo(1);
    assertThat(pipe.err()).contains("no record was read");
  }

  @Test
  void rejectsAPipeThatIsNotText() throws Exception {
    TestRun pipe = throughPipe(tar());

    assertThat(pipe.status()).isEqualTo(1);
    assertThat(pipe.err()).contains("cannot read ", "it is a tar archive").hasLineCount(1);
    assertThat(TestRun.names(output)).isEmpty();
  }

  /** A batch of a pipe that was read and not claimed cannot be read again. */
  @Test
  void readsTwoPipesBesideAFile() throws Exception {
    Path first = pipe("first");
    Path second = pipe("second");
    write("file.jsonl", sales(100));
    CompletableFuture<Void> writers =
        CompletableFuture.allOf(feed(first, sales(10_000)), feed(second, sales(10_000)));

    TestRun run =
        TestRun.of("--input=" + directory + "/{first,second,in/file.jsonl}", "--output=" + output);

    writers.join();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(20_100);
  }

  @Test
  void readsThousandsOfSmallFilesInFewBatches() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      write("part-%04d".formatted(i), (i == 1_500 ? "{}\n" : "") + new String(sales(2), UTF_8));
    }

    TestRun run = run();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("accepted")).isEqualTo(4_000);
    assertThat(output.resolve("dead-letters.jsonl"))
        .content()
        .contains("\"source\":\"" + in + "/part-1500:0\"")
        .hasLineCount(1);
  }

  private TestRun throughPipe(byte[] content) throws Exception {
    Path pipe = directory.resolve("pipe");
    if (!Files.exists(pipe)) {
      pipe("pipe");
    }
    CompletableFuture<Void> writer = feed(pipe, content);
    TestRun run = TestRun.of("--input=" + pipe, "--output=" + output);
    writer.join();
    return run;
  }

  private Path pipe(String name) throws IOException, InterruptedException {
    Path pipe = directory.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static CompletableFuture<Void> feed(Path pipe, byte[] content) {
    return CompletableFuture.runAsync(
        () -> {
          try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private TestRun run() {
    return TestRun.of("--input=" + in + "/*", "--output=" + output);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(in.resolve(name), content);
  }

  private void write(String name, String content) throws IOException {
    write(name, content.getBytes(UTF_8));
  }

  private static byte[] sales(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          "{\"transaction_id\":%d,\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[]}\n"
              .formatted(i));
    }
    return String.join("", lines).getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("sales.jsonl");
      entry.setSize(sales(3).length);
      out.putArchiveEntry(entry);
      out.write(sales(3));
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setLevel(0);
      out.putNextEntry(new ZipEntry("sales.jsonl"));
      out.write(sales(3));
    }
    return bytes.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
