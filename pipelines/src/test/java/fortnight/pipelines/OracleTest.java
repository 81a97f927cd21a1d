package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.cli.Durations;
import fortnight.pipelines.NaiveModel.Line;
import fortnight.pipelines.NaiveModel.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On random sales the pipeline and {@link NaiveModel} agree to the last byte. */
class OracleTest {
  private static final List<String> FEW = List.of("1", "\"1\"");
  private static final List<String> MANY =
      List.of(
          "-3",
          "0",
          "7",
          "10",
          "999999999999999999",
          "1000000000000000000",
          "123456789012345678901234567890",
          "-123456789012345678901234567890",
          "\"\"",
          "\"7\"",
          "\"10\"",
          "\"B\"",
          "\"b\"",
          "\"ba\"",
          "\"ı\"",
          "\"\uE000\"",
          "\"😀\"");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "7d, 7d, MONDAY, 1",
    "7d, 7d, SUNDAY, 2",
    "7d, 7d, THURSDAY, 3",
    "7d, 1d, MONDAY, 4",
    "7d, 1d, SUNDAY, 5",
    "7d, 1d, THURSDAY, 6",
    "12h, 12h, MONDAY, 7",
    "12h, 12h, SUNDAY, 8",
    "12h, 3h, SUNDAY, 9",
    "12h, 3h, THURSDAY, 10",
    "15m, 5m, MONDAY, 11",
    "15m, 5m, SUNDAY, 12",
    "15m, 5m, THURSDAY, 13",
    "30d, 10d, MONDAY, 14",
    "30d, 10d, SUNDAY, 15",
    "30d, 10d, THURSDAY, 16"
  })
  void agreesWithTheNaiveModel(String period, String every, DayOfWeek weekStart, long seed)
      throws IOException {
    Duration length = Duration.ofMillis(Durations.parse(period).toMillis());
    Duration step = Duration.ofMillis(Durations.parse(every).toMillis());
    List<Sale> sales = sales(length, new Random(seed));
    Path input = directory.resolve("sales.jsonl");
    Files.write(input, sales.stream().map(Sale::json).toList());
    Path output = directory.resolve("out");

    TestRun run =
        TestRun.of(
            "--input=" + input,
            "--output=" + output,
            "--period=" + period,
            "--every=" + every,
            "--weekStart=" + weekStart);

    assertThat(run.status()).as(run.err()).isZero();
    Map<String, String> expected =
        new HashMap<>(new NaiveModel(sales, length, step, weekStart).files());
    expected.put("dead-letters.jsonl", "");
    assertThat(TestRun.texts(output)).isEqualTo(expected);
  }

  /** In no order, over three stretches of time with a gap of several periods between any two. */
  private static List<Sale> sales(Duration period, Random random) {
    LocalDateTime begin = LocalDateTime.of(2021, 1, 1, 0, 0).plusMinutes(random.nextInt(1_000_000));
    List<String> items = random.nextBoolean() ? FEW : MANY;
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      long stretch = random.nextInt(3) * 6L * period.toMillis();
      long within = (long) (random.nextDouble() * 2.5 * period.toMillis());
      LocalDateTime at = begin.plus(stretch + within, ChronoUnit.MILLIS);
      sales.add(new Sale(roughly(at, random), lines(items, random)));
    }
    return sales;
  }

  /** Now and then exactly midnight, an hour, or five minutes, where windows begin. */
  private static LocalDateTime roughly(LocalDateTime at, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> at.truncatedTo(ChronoUnit.DAYS);
      case 1 -> at.truncatedTo(ChronoUnit.HOURS);
      case 2 -> at.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.MILLIS);
      case 3 -> at.truncatedTo(ChronoUnit.SECONDS);
      default -> at;
    };
  }

  private static List<Line> lines(List<String> items, Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      lines.add(new Line(items.get(random.nextInt(items.size())), random.nextInt(9) - 2));
    }
    return lines;
  }
}
