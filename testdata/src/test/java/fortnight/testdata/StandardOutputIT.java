package fortnight.testdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and help on standard output, and the time at which records are written. */
class StandardOutputIT {
  private static final String A_DAY_A_SECOND = "--speedup=86400";
  private static final String[] ONE_DAY = {
    "--customers=2000", "--start=2022-03-01", "--end=2022-03-02"
  };

  @TempDir Path folder;

  @Test
  void printsAllFlags() throws IOException {
    String help = String.join("\n", linesOf("--help"));

    assertThat(help)
        .contains("--output=WHERE", "--late=FRACTION:DURATION", "--kafkaConfig=FILE", "Exit status")
        .containsPattern("fortnight,\\s+shopify,\\s+square,\\s+stripe,\\s+segment,\\s+ga4,\\s+uci;")
        .contains("within 5 % from");
  }

  @Test
  void writesTheSameRecordsAsToAFile() throws IOException {
    Path file = folder.resolve("out.jsonl");
    assertThat(SimulateRun.of(List.of("--output=" + file), ONE_DAY))
        .isEqualTo(new SimulateRun(0, ""));

    assertThat(linesOf("--output=-")).isEqualTo(Files.readAllLines(file)).hasSizeGreaterThan(50);
  }

  @Test
  void speedupReplaysADayInASecond() throws IOException {
    long begin = System.nanoTime();

    List<String> lines = linesOf("--output=-", A_DAY_A_SECOND);

    assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000);
    assertThat(lines).allMatch(line -> line.contains("\"2022-03-01T"));
  }

  @Test
  void liveBeginsAtTheCurrentTime() throws IOException {
    LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC);

    List<LocalDateTime> times =
        linesOf("--output=-", A_DAY_A_SECOND, "--live").stream()
            .map(line -> LocalDateTime.parse(line.replaceAll(".*\"timestamp\": \"|\".*", "")))
            .toList();

    assertThat(times).allMatch(time -> time.isAfter(before)).isSorted();
    assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
        .isBetween(Duration.ofMillis(800), Duration.ofMillis(1000));
    assertThat(times.get(times.size() - 1)).isBefore(LocalDateTime.now(ZoneOffset.UTC));
  }

  private static List<String> linesOf(String... flags) throws IOException {
    String[] all = Arrays.copyOf(ONE_DAY, ONE_DAY.length + flags.length);
    System.arraycopy(flags, 0, all, ONE_DAY.length, flags.length);
    Process simulate = SimulateRun.start(all);
    List<String> lines =
        new String(simulate.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(new String(simulate.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    return lines;
  }
}
