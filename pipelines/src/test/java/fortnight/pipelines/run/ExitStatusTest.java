package fortnight.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit status says whether the results can be relied on; no failure leaves a half of one. */
class ExitStatusTest {
  private static final List<String> FILES =
      List.of(
          "dead-letters.jsonl",
          "product-volume-change.jsonl",
          "product-volume.jsonl",
          "volume-change.jsonl",
          "weekly-volume.jsonl");

  @TempDir Path directory;

  private Path output;

  @BeforeEach
  void hasAnOutput() {
    output = directory.resolve("out");
  }

  @Test
  void isZeroWhenAllIsWell() throws IOException {
    TestRun run = run("sales.jsonl", sale(1) + sale(2) + "{}\n");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.count("records read")).isEqualTo(3);
    assertThat(run.count("accepted")).isEqualTo(2);
    assertThat(run.count("rejected")).isEqualTo(1);
    assertThat(run.count("MISSING_FIELD")).isEqualTo(1);
    assertThat(run.count("product-volume")).isEqualTo(2);
    assertThat(TestRun.names(output)).isEqualTo(FILES);
  }

  @Test
  void isOneWhenNothingWasAccepted() throws IOException {
    TestRun run = run("sales.jsonl", "\nsold out\n" + "{}\n".repeat(1_199));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("fortnight: nothing was accepted: 1,200 of 1,200 records were rejected")
        .contains("MALFORMED_JSON", "sold");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(TestRun.names(output)).isEqualTo(FILES);
  }

  @Test
  void isZeroWhenAllLiesOutsideOfTheTimesAskedFor() throws IOException {
    TestRun run = run("sales.jsonl", sale(1) + sale(2), "--from=2024-01-01");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("outside --from/--until")).isEqualTo(2);
    assertThat(TestRun.texts(output).values()).containsOnly("");
  }

  @Test
  void isOnePastSoManyRejectedRecords() throws IOException {
    String half = sale(1) + "{}\n" + sale(2) + "{}\n";

    assertThat(run("sales.jsonl", half, "--maxRejected=2").status()).isZero();
    assertThat(run("sales.jsonl", half, "--maxRejected=50%").status()).isZero();
    TestRun count = run("sales.jsonl", half, "--maxRejected=1");
    assertThat(count.status()).isEqualTo(1);
    assertThat(count.err()).contains("2 of 4 records were rejected", "--maxRejected=1;");
    TestRun share = run("sales.jsonl", half, "--maxRejected=49.9%");
    assertThat(share.status()).isEqualTo(1);
    assertThat(share.err()).contains("2 of 4 records were rejected", "--maxRejected=49.9%;");
    assertThat(TestRun.names(output)).isEqualTo(FILES);
    assertThat(output.resolve("product-volume.jsonl")).isNotEmptyFile();
  }

  @Test
  void isOneWhenThereIsNoRecordAtAll() throws IOException {
    TestRun run = run("sales.jsonl", "\n \n\r\n");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no record was read").hasLineCount(1);
  }

  @Test
  void isOneAndNothingStaysOfAFileThatIsCutOff() throws IOException {
    Path gzip = directory.resolve("sales.jsonl.gz");
    Path bzip2 = directory.resolve("sales.jsonl.bz2");
    Path zstandard = directory.resolve("sales.jsonl.zst");
    pack(20_000, new GZIPOutputStream(Files.newOutputStream(gzip)));
    pack(20_000, new BZip2CompressorOutputStream(Files.newOutputStream(bzip2)));
    pack(20_000, new ZstdCompressorOutputStream(Files.newOutputStream(zstandard)));

    for (Path input : List.of(gzip, bzip2, zstandard)) {
      byte[] packed = Files.readAllBytes(input);
      Files.write(input, Arrays.copyOf(packed, packed.length / 2));
      TestRun run = TestRun.of("--input=" + input, "--output=" + output);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).startsWith("fortnight: cannot read " + input).hasLineCount(1);
      assertThat(TestRun.names(output)).isEmpty();
    }
  }

  @Test
  void keepsTheFormerResultsWhenARunFails() throws IOException {
    assertThat(run("sales.jsonl", sale(1) + "{}\n").status()).isZero();
    var before = TestRun.texts(output);
    byte[] packed = packed(2_000);
    Path input = directory.resolve("cut.jsonl.gz");
    Files.write(input, Arrays.copyOf(packed, packed.length - 9));

    assertThat(TestRun.of("--input=" + input, "--output=" + output).status()).isEqualTo(1);

    assertThat(TestRun.texts(output)).isEqualTo(before);
  }

  @Test
  void replacesTheFilesOfAnEarlierRun() throws IOException {
    assertThat(run("first.jsonl", sale(1) + sale(2) + sale(3) + "{}\n").status()).isZero();
    assertThat(output.resolve("dead-letters.jsonl")).isNotEmptyFile();

    assertThat(run("second.jsonl", sale(4)).status()).isZero();

    assertThat(TestRun.names(output)).isEqualTo(FILES);
    assertThat(output.resolve("dead-letters.jsonl")).isEmptyFile();
    assertThat(Files.readString(output.resolve("product-volume.jsonl")))
        .contains("\"item_id\":4")
        .hasLineCount(1);
  }

  @Test
  void writesDeadLettersWhereTheyAreWanted() throws IOException {
    Path letters = directory.resolve("elsewhere").resolve("rejected.jsonl");

    assertThat(run("sales.jsonl", sale(1) + "{}\n", "--deadLetters=" + letters).status()).isZero();

    assertThat(Files.readString(letters)).contains("MISSING_FIELD").hasLineCount(1);
    assertThat(TestRun.names(letters.getParent())).containsExactly("rejected.jsonl");
    assertThat(TestRun.names(output)).isEqualTo(FILES.subList(1, FILES.size()));
  }

  @Test
  void isOneWhenTheOutputCannotBeCreated() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    output = file.resolve("out");

    TestRun run = run("sales.jsonl", sale(1));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("fortnight: cannot write " + output).hasLineCount(1);
    assertThat(file).hasContent("in the way");
  }

  private TestRun run(String name, String content, String... more) throws IOException {
    Path input = Files.writeString(directory.resolve(name), content);
    String[] args = Arrays.copyOf(more, more.length + 2);
    args[more.length] = "--input=" + input;
    args[more.length + 1] = "--output=" + output;
    return TestRun.of(args);
  }

  private static byte[] packed(int sales) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pack(sales, new GZIPOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static void pack(int sales, OutputStream packed) throws IOException {
    try (packed) {
      for (int i = 0; i < sales; i++) {
        packed.write(sale(i).getBytes(UTF_8));
      }
    }
  }

  private static String sale(int item) {
    return "{\"transaction_id\":1,\"timestamp\":\"2022-12-26T09:00\","
        + "\"line_items\":[{\"item_id\":%d,\"quantity\":1}]}\n".formatted(item);
  }
}
