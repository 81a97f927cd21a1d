package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.RevenueModel.Line;
import fortnight.pipelines.RevenueModel.Sale;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On random sales in two currencies, by store and category, the pipeline and {@link RevenueModel}
 * agree to the last byte.
 */
class RevenueOracleTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2019, 2, 25, 6, 0);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "1mo, P1M, , P1M, 1",
    "1mo, P1M, 12mo, P12M, 2",
    "3mo, P3M, P1Y, P1Y, 4",
    "3mo, P3M, 1mo, P1M, 5",
    "1y, P1Y, , P1Y, 6",
    "7d, P7D, 364d, P364D, 7"
  })
  void agreesWithTheModel(String period, Period length, String against, Period distance, long seed)
      throws IOException {
    List<Sale> sales = sales(seed);
    List<String> flags = new ArrayList<>(List.of("--period=" + period));
    if (against != null) {
      flags.add("--against=" + against);
    }

    Map<String, String> files = run(List.of(file("sales", sales)), flags);

    assertSame(files, expected(sales, length, distance));
  }

  @Test
  void hasTheSameBytesForAnyOrderSplitAndParallelism() throws IOException {
    List<Sale> sales = sales(9);
    List<String> flags = List.of("--period=1mo", "--against=12mo");
    Map<String, String> expected = expected(sales, Period.ofMonths(1), Period.ofMonths(12));
    assertThat(expected.get("outliers.jsonl").lines()).hasSizeGreaterThan(10);
    List<Sale> shuffled = new ArrayList<>(sales);
    Collections.shuffle(shuffled, new Random(9));
    List<Path> parts = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      int from = shuffled.size() * part / 5;
      int to = shuffled.size() * (part + 1) / 5;
      parts.add(file("part-" + part, shuffled.subList(from, to)));
    }

    assertSame(run(List.of(file("shuffled", shuffled)), flags, "--targetParallelism=1"), expected);
    assertSame(run(parts, flags, "--targetParallelism=8"), expected);
    assertSame(
        run(parts, flags, "--enforceImmutability=true", "--enforceEncodability=true"), expected);
  }

  /** Shows only the first difference of the many rows. */
  private static void assertSame(Map<String, String> actual, Map<String, String> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    for (String file : expected.keySet()) {
      List<String> actualRows = actual.get(file).lines().toList();
      List<String> expectedRows = expected.get(file).lines().toList();
      for (int i = 0; i < Math.min(actualRows.size(), expectedRows.size()); i++) {
        assertThat(actualRows.get(i)).as(file).isEqualTo(expectedRows.get(i));
      }
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static Map<String, String> expected(List<Sale> sales, Period length, Period distance) {
    Map<String, String> files = new RevenueModel(sales, length, distance).files();
    files.put("dead-letters.jsonl", "");
    files.putIfAbsent("outliers.jsonl", "");
    return files;
  }

  private Map<String, String> run(List<Path> inputs, List<String> flags, String... more)
      throws IOException {
    Path output = Files.createTempDirectory(directory, "out");
    String input =
        inputs.size() == 1
            ? inputs.get(0).toString()
            : inputs.get(0).resolveSibling("part-*.jsonl").toString();
    List<String> args =
        new ArrayList<>(
            List.of(
                "--input=" + input,
                "--output=" + output,
                "--format=" + RevenueModel.FORMAT,
                "--analyses=all,outliers"));
    args.addAll(flags);
    args.addAll(Arrays.asList(more));
    TestRun run = TestRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return TestRun.texts(output);
  }

  private Path file(String name, List<Sale> sales) throws IOException {
    return Files.write(directory.resolve(name + ".jsonl"), sales.stream().map(Sale::json).toList());
  }

  /** Over two years, one of them a leap year, with a gap of months; EUR begins later. */
  private static List<Sale> sales(long seed) {
    Random random = new Random(seed);
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      int day = random.nextInt(random.nextBoolean() ? 250 : 60) + (random.nextBoolean() ? 500 : 0);
      LocalDateTime at = BEGIN.plusDays(day).plusSeconds(random.nextInt(24 * 3600));
      if (random.nextInt(6) == 0) {
        at = at.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).minusSeconds(random.nextInt(2));
      }
      sales.add(
          new Sale(
              at,
              day > 100 && random.nextBoolean() ? "EUR" : "CHF",
              value(random, 4),
              lines(random)));
    }
    return sales;
  }

  private static List<Line> lines(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      lines.add(
          new Line(
              RevenueModel.VALUES.get(1 + random.nextInt(6)),
              value(random, 5),
              BigDecimal.valueOf(random.nextInt(70) - 15, random.nextInt(2)),
              random.nextInt(10) == 0
                  ? new BigDecimal("90071992547409.91")
                  : BigDecimal.valueOf(random.nextInt(2_000), random.nextInt(3))));
    }
    return lines;
  }

  private static String value(Random random, int count) {
    return RevenueModel.VALUES.get(random.nextInt(count));
  }
}
