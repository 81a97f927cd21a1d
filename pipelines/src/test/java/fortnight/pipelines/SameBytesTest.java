package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sales give the same bytes, however they are ordered, split, packed and worked on. */
class SameBytesTest {
  @TempDir static Path directory;

  private static List<String> lines;
  private static Map<String, String> expected;

  @BeforeAll
  static void runsOnOneFile() throws IOException {
    lines = sales(new Random(42));
    expected = run(write("one.jsonl", lines).toString());
    assertThat(expected.get("product-volume-change.jsonl").lines()).hasSizeGreaterThan(1_000);
  }

  @Test
  void inAnyOrder() throws IOException {
    List<String> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(run(write("shuffled.jsonl", shuffled).toString())).isEqualTo(expected);
  }

  @Test
  void inSevenFiles() throws IOException {
    for (int file = 0; file < 7; file++) {
      int from = lines.size() * file / 7;
      int to = lines.size() * (file + 1) / 7;
      write("part-" + file + ".jsonl", lines.subList(from, to));
    }

    assertThat(run(directory.resolve("part-*.jsonl").toString())).isEqualTo(expected);
  }

  @Test
  void gzipped() throws IOException {
    Path file = directory.resolve("sales.jsonl.gz");
    pack(new GZIPOutputStream(Files.newOutputStream(file)));

    assertThat(run(file.toString())).isEqualTo(expected);
  }

  @Test
  void packedAsBzip2() throws IOException {
    Path file = directory.resolve("sales.jsonl.bz2");
    pack(new BZip2CompressorOutputStream(Files.newOutputStream(file)));

    assertThat(run(file.toString())).isEqualTo(expected);
  }

  @Test
  void packedAsZstandard() throws IOException {
    Path file = directory.resolve("sales.jsonl.zst");
    pack(new ZstdCompressorOutputStream(Files.newOutputStream(file)));

    assertThat(run(file.toString())).isEqualTo(expected);
  }

  @Test
  void withAnyParallelismAndWithAllChecks() throws IOException {
    List<String> withBroken = new ArrayList<>(lines);
    for (int i = 0; i < lines.size(); i += 10) {
      withBroken.set(i, "{\"transaction_id\":" + i + "}");
    }
    String input = write("broken.jsonl", withBroken).toString();

    Map<String, String> alone = run(input, "--targetParallelism=1");

    assertThat(alone.get("dead-letters.jsonl").lines()).hasSize(300);
    assertThat(run(input, "--targetParallelism=8")).isEqualTo(alone);
    assertThat(run(input, "--enforceImmutability=true", "--enforceEncodability=true"))
        .isEqualTo(alone);
  }

  private static Map<String, String> run(String input, String... more) throws IOException {
    Path output = Files.createTempDirectory(directory, "out");
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    args.addAll(Arrays.asList(more));
    TestRun run = TestRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return TestRun.texts(output);
  }

  private static Path write(String name, List<String> content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static void pack(OutputStream packed) throws IOException {
    try (packed) {
      packed.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
  }

  private static List<String> sales(Random random) {
    List<String> sales = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      sales.add(
          String.format(
              Locale.ROOT,
              """
              {"transaction_id":%d,"timestamp":"2022-%02d-%02dT%02d:%02d:00.%03d",\
              "line_items":[{"item_id":%d,"quantity":%d},{"item_id":"s-%d","quantity":2}]}""",
              i,
              1 + random.nextInt(3),
              1 + random.nextInt(28),
              random.nextInt(24),
              random.nextInt(60),
              random.nextInt(1_000),
              random.nextInt(100),
              random.nextInt(12) - 2,
              random.nextInt(30)));
    }
    return sales;
  }
}
