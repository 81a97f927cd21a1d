package fortnight.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.pipelines.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags of periods, baselines, analyses and outliers. */
class ComparisonFlagsTest {
  private static final String PLAIN = "--format=id=id,time=at,item=sku";
  private static final String PRICED =
      PLAIN + ",customer=c,price=p,by.store=store,by.category=category";

  @TempDir Path directory;

  private String input;

  @BeforeEach
  void hasAnInput() throws IOException {
    input = "--input=" + Files.writeString(directory.resolve("sales.jsonl"), "{}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--period=5mo | --period=5mo: does not divide a year; use 1mo, 2mo, 3mo, 4mo, 6mo, or whole"
            + " years",
        "--period=18mo | --period=18mo: does not divide a year; use 1mo, 2mo, 3mo, 4mo, 6mo, or"
            + " whole years",
        "--period=0mo | --period=0mo: does not divide a year; use 1mo, 2mo, 3mo, 4mo, 6mo, or whole"
            + " years",
        "--period=1mo --every=1d | --every: not for periods of the calendar, which begin with a"
            + " month; omit it, or use --period=28d",
        "--period=1mo --against=364d | --against=364d: not a number of months; use 12mo or 1y, as"
            + " with --period",
        "--period=1mo --against=0mo | --against=0mo: not a number of months; use 12mo or 1y, as"
            + " with --period",
        "--period=1mo --against= | --against=: not a number of months; use 12mo or 1y, as with"
            + " --period",
        "--against=365d | --against=365d: not a multiple of --period; for weeks of last year use"
            + " 364d",
        "--against=1y | --against=1y: not a duration; use 364d for weeks of last year; 12mo only"
            + " with a --period of months",
        "--against=0d | --against=0d: must be longer than zero; use 364d for weeks of last year;"
            + " 12mo only with a --period of months",
        "--period=200y | --period=200y: longer than a hundred years",
        "--period=1mo --against=200y | --against=200y: not a number of months; use 12mo or 1y, as"
            + " with --period",
        "--every=1d --against=36h | --against=36h: not a multiple of --every; for weeks of last"
            + " year use 364d",
        "--outlierAbove=x | --outlierAbove=x: not a number of at least 0, with at most 15 digits before and after the point; use 3 or 7.5",
        "--outlierAbove=-1 | --outlierAbove=-1: not a number of at least 0, with at most 15 digits before and after the point; use 3 or 7.5",
        "--outlierBelow=1e3 | --outlierBelow=1e3: not a number of at least 0, with at most 15 digits before and after the point; use 0.15 or 0.5",
        "--outlierMinimum=many | --outlierMinimum=many: not a number of at least 0, with at most 15 digits before and after the point; use 100",
        "--outlierAbove=1 | --outlierAbove=1: use more than 1",
        "--outlierBelow=1 | --outlierBelow=1: use less than 1",
        "--outlierMinimum=5 | --outlierAbove, --outlierBelow, --outlierMinimum: only for outliers;"
            + " add them with --analyses=all,outliers"
      })
  void rejectsWrongPeriodsAndLimits(String flags, String message) throws IOException {
    assertRejected(message, Stream.concat(Stream.of(PRICED), flags(flags)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "revenue-change | --analyses=revenue-change: needs price or amount in --format",
        "product-revenue-change | --analyses=product-revenue-change: needs price or amount in"
            + " --format",
        "weekly-customers | --analyses=weekly-customers: needs customer in --format",
        "customer-change | --analyses=customer-change: needs customer in --format",
        "store-volume | --analyses=store-volume: needs by.store in --format",
        "revenue | --analyses=revenue: unknown analysis; use all, or weekly-volume, volume-change,"
            + " product-volume, product-volume-change, weekly-customers, customer-change, outliers"
      })
  void rejectsAnalysesOfFieldsThatTheFormatDoesNotHave(String analysis, String message)
      throws IOException {
    assertRejected(message, Stream.of(PLAIN, "--analyses=" + analysis));
  }

  @Test
  void reportsAllMistakesAtOnce() throws IOException {
    TestRun run =
        refused(
            Stream.of(
                PLAIN,
                "--analyses=revenue-change,customer-change",
                "--against=365d",
                "--outlierAbove=x"));

    assertThat(run.err())
        .isEqualTo(
            """
            --analyses=revenue-change: needs price or amount in --format
            --analyses=customer-change: needs customer in --format
            --outlierAbove=x: not a number of at least 0, with at most 15 digits before and after the point; use 3 or 7.5
            --against=365d: not a multiple of --period; for weeks of last year use 364d
            See --help.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1mo |  | P1M | P1M",
        "1mo | 12mo | P1M | P12M",
        "P1M | P1Y | P1M | P12M",
        "3mo | 1y | P3M | P12M",
        "1y | 2y | P12M | P24M",
        "2y |  | P24M | P24M",
        "7d | 364d | PT604800S | PT31449600S",
        "7d | P52W | PT604800S | PT31449600S",
        "12h |  | PT43200S | PT43200S"
      })
  void acceptsPeriodsAndBaselines(String period, String against, String length, String distance) {
    String[] flags =
        against == null
            ? new String[] {input, "--period=" + period}
            : new String[] {input, "--period=" + period, "--against=" + against};

    RetailConfig config = RetailConfig.parse(flags);

    assertThat(config.windows().period()).isEqualTo(length);
    assertThat(config.windows().distance()).isEqualTo(distance);
  }

  @Test
  void makesTheAnalysesOfAllFieldsUnlessSomeAreChosen() {
    assertThat(RetailConfig.parse(input, PRICED).analyses())
        .extracting(Analysis::title)
        .containsExactly(
            "weekly-volume",
            "volume-change",
            "revenue-change",
            "product-volume",
            "product-volume-change",
            "product-revenue-change",
            "store-volume",
            "store-volume-change",
            "store-revenue-change",
            "category-volume",
            "category-volume-change",
            "category-revenue-change");
    assertThat(RetailConfig.parse(input, PRICED, "--analyses=store-volume, outliers").analyses())
        .extracting(Analysis::title)
        .containsExactly("store-volume", "outliers");
    assertThat(RetailConfig.parse(input, PLAIN, "--analyses=all,outliers").analyses())
        .extracting(Analysis::title)
        .containsExactly(
            "weekly-volume",
            "volume-change",
            "product-volume",
            "product-volume-change",
            "outliers");
  }

  private static Stream<String> flags(String text) {
    return Arrays.stream(text.split(" ", -1));
  }

  private void assertRejected(String message, Stream<String> flags) throws IOException {
    assertThat(refused(flags).err()).isEqualTo(message + "\nSee --help.\n");
  }

  private TestRun refused(Stream<String> flags) throws IOException {
    Path output = directory.resolve("out");
    Stream<String> all = Stream.concat(Stream.of(input, "--output=" + output), flags);

    TestRun run = TestRun.of(all.toList());

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(TestRun.names(output)).isEmpty();
    return run;
  }
}
