package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
  private static final String RECORD =
      "\\{\"transaction_id\": \\d+, \"customer_id\": \\d+,"
          + " \"timestamp\": \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\", \"line_items\":"
          + " \\[\\{\"item_id\": \\d+, \"quantity\": [123]}(, \\{\"item_id\": \\d+, \"quantity\":"
          + " [123]})*]}";

  @TempDir Path folder;

  @Test
  void writesRecordsOfTheTalksFormatByTimeAndNumberedFromOne() throws IOException {
    List<String> lines = simulate("--transactions=2000");

    String last = "";
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).matches(RECORD).startsWith("{\"transaction_id\": " + (i + 1) + ", ");
      String timestamp = timestamp(lines.get(i));
      assertThat(timestamp).isGreaterThanOrEqualTo(last).startsWith("2022-");
      last = timestamp;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--transactions=50000",
        "--transactions=50000 --start=2022-10-03 --end=2022-10-10",
        "--transactions=50000 --seed=7 --skew=300",
        "--transactions=50000 --idle=2022-02-01/2022-06-01",
        "--transactions=50000 --start=1999-12-31T23:00 --end=2000-03-01T12:30:15"
      })
  void meetsTheNumberOfTransactionsWithinFivePercent(String flags) throws IOException {
    assertThat(simulate(flags.split(" "))).hasSizeBetween(47_500, 52_500);
  }

  @Test
  void writesTheSameBytesWithOneThreadAndWithEight() throws IOException {
    simulate("--transactions=90000", "--threads=1", "--truth=" + folder.resolve("truth-1"));
    byte[] one = Files.readAllBytes(folder.resolve("out.jsonl"));
    simulate("--transactions=90000", "--threads=8", "--truth=" + folder.resolve("truth-8"));

    assertThat(folder.resolve("out.jsonl")).hasBinaryContent(one);
    assertThat(folder.resolve("truth-8")).hasSameBinaryContentAs(folder.resolve("truth-1"));
  }

  @Test
  void writesOtherTransactionsForAnotherSeed() throws IOException {
    List<String> some = simulate("--customers=50", "--seed=1");

    assertThat(simulate("--customers=50", "--seed=2")).isNotEqualTo(some);
  }

  @Test
  void purchasesOfACustomerDoNotDependOnTheNumberOfCustomers() throws IOException {
    List<String> few = withoutIds(simulate("--customers=10"));

    assertThat(withoutIds(simulate("--customers=20"))).containsAll(few);
  }

  @Test
  void compressesAccordingToTheSuffix() throws IOException {
    List<String> plain = simulate("--customers=50");
    Path gzip = folder.resolve("new/folder/out.jsonl.gz");
    Path zstd = folder.resolve("out.jsonl.zst");

    assertThat(SimulateRun.of(List.of("--customers=50", "--output=" + gzip)).exitStatus()).isZero();
    assertThat(SimulateRun.of(List.of("--customers=50", "--output=" + zstd)).exitStatus()).isZero();

    assertThat(lines(new GZIPInputStream(Files.newInputStream(gzip)))).isEqualTo(plain);
    assertThat(lines(new ZstdInputStream(Files.newInputStream(zstd)))).isEqualTo(plain);
  }

  private List<String> simulate(String... flags) throws IOException {
    Path file = folder.resolve("out.jsonl");
    SimulateRun run = SimulateRun.of(List.of("--output=" + file), flags);
    assertThat(run).isEqualTo(new SimulateRun(0, ""));
    try (InputStream bytes = Files.newInputStream(file)) {
      return lines(bytes);
    }
  }

  private static List<String> lines(InputStream bytes) throws IOException {
    try (bytes) {
      return new String(bytes.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static List<String> withoutIds(List<String> lines) {
    return lines.stream().map(line -> line.substring(line.indexOf(','))).toList();
  }

  private static String timestamp(String line) {
    int start = line.indexOf("\"timestamp\": \"") + 14;
    return line.substring(start, start + 26);
  }
}
