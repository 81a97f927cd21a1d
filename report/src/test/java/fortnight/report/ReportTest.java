package fortnight.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.common.Analysis;
import fortnight.report.page.Page;
import fortnight.report.page.PageData;
import fortnight.report.rows.RunResults;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as text, without a browser. */
class ReportTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private static final String WEEK =
      "{\"window_start\":\"2022-01-03T00:00:00\",\"window_end\":\"2022-01-10T00:00:00\","
          + "\"item_id\":%s,\"line_items\":1,\"units\":%s,\"pane\":\"ON_TIME\",\"version\":1}";
  private static final String CHANGE =
      "{\"previous_start\":\"2022-01-03T00:00:00\",\"current_start\":\"2022-01-10T00:00:00\","
          + "\"current_end\":\"2022-01-17T00:00:00\",\"item_id\":1,"
          + "\"previous\":%s,\"current\":%s,\"change\":%s,\"ratio\":%s,"
          + "\"pane\":\"ON_TIME\",\"version\":1}";

  private static final String PANE = ",\"pane\":\"ON_TIME\",\"version\":1}";

  private static final int SAMPLES = 3;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void isTheSameForTheSameRows() throws IOException {
    assertThat(Results.sample().page()).isEqualTo(Results.sample().page());
  }

  @Test
  void containsAllItsResources() throws IOException {
    String page = Results.sample().page();

    assertThat(page).doesNotContain("<link", "src=", "@import", "url(");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void allowsItsScriptAndItsStyle() throws Exception {
    String page = Results.sample().page();

    assertThat(page).contains("style-src " + sourceOf(between(page, "<style>", "</style>")));
    assertThat(page).contains("script-src " + sourceOf(between(page, "<script>", "</script>")));
  }

  @Test
  void containsTheLicenceOfTheChartLibrary() throws IOException {
    assertThat(Results.none().page()).contains("The MIT License", "Leon Sorokin");
  }

  @Test
  void sortsIntegersBeforeStrings() throws IOException {
    JsonNode items =
        data(Results.none()
                .with(
                    Analysis.PRODUCT_VOLUME,
                    List.of(
                        WEEK.formatted("\"10\"", 1),
                        WEEK.formatted("\"\uD83D\uDC15\"", 1),
                        WEEK.formatted("\"\uFF21\"", 1),
                        WEEK.formatted("123456789012345678901234567890", 1),
                        WEEK.formatted("10", 1),
                        WEEK.formatted("-7", 1),
                        WEEK.formatted("9", 1)))
                .page())
            .at("/values/product");

    List<String> ids = new ArrayList<>();
    items.forEach(item -> ids.add(item.get(0).textValue() + " " + item.get(1)));
    assertThat(ids)
        .containsExactly(
            "-7 true",
            "9 true",
            "10 true",
            "123456789012345678901234567890 true",
            "10 false",
            "\uFF21 false",
            "\uD83D\uDC15 false");
  }

  @Test
  void escapesTextsThatCouldEndItsScript() throws IOException {
    String end = "</script><script>alert(1)</script><!--";
    String page =
        Results.none()
            .with(Analysis.PRODUCT_VOLUME, List.of(WEEK.formatted("\"" + end + "\"", 1)))
            .with(Analysis.WEEKLY_VOLUME, List.of(end))
            .withCatalog(List.of("{\"item_id\":\"" + end + "\",\"name\":\"" + end + "\"}"))
            .page();

    assertThat(page).doesNotContain("alert(1)<").doesNotContain(end);
    assertThat(data(page).at("/values/product/0/0").textValue()).isEqualTo(end);
    assertThat(data(page).at("/malformed/0/samples/0/text").textValue()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|8|7|8.0|",
        "0|8|8|null|",
        "-1|8|9|null|",
        "3|-1|-4|-0.3333333333333333|",
        "1|8|7|8|",
        "1|8|7|null|ratio: not current / previous",
        "0|8|8|1.0|ratio: not current / previous",
        "1|8|7|8.5|ratio: not current / previous",
        "1|8|6|8.0|change: not current - previous",
        "1|1.5|0.5|1.5|",
        "1.0|1.5|0.5|1.5|",
        "1|1e3|999|1000.0|current: 1e3 has an exponent",
        "1|\"8\"|7|8.0|current: 8 is not a number",
        "1|9007199254740993|9007199254740992|9007199254740993.0|",
        "1|123456789012345678901234567890|123456789012345678901234567889|1.2345678901234568E29|",
        "1|8|7|[8]|ratio: [ is not a number or null"
      })
  void validatesChangeAndRatio(
      String previous, String current, String change, String ratio, String error)
      throws IOException {
    JsonNode data =
        data(
            Results.none()
                .with(
                    Analysis.PRODUCT_VOLUME_CHANGE,
                    List.of(CHANGE.formatted(previous, current, change, ratio)))
                .page());

    assertThat(data.at("/malformed/0/samples/0/error").textValue()).isEqualTo(error);
    assertThat(data.at("/results/product-volume-change/rows").intValue())
        .isEqualTo(error == null ? 1 : 0);
  }

  @Test
  void countsAllMalformedRowsAndShowsSamples() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 1_000; line++) {
      lines.add("x".repeat(10_000));
    }

    String page = Results.none().with(Analysis.WEEKLY_VOLUME, lines).page();

    assertThat(data(page).at("/malformed/0/count").longValue()).isEqualTo(1_000);
    assertThat(data(page).at("/malformed/0/samples")).hasSize(SAMPLES);
    assertThat(page.length()).isLessThan(Results.none().page().length() + 2_000);
  }

  @Test
  void showsLostOffsetsWithoutAPayload() throws IOException {
    String letter =
        "{\"reason\":\"LOST_OFFSETS\",\"message\":\"offsets 7 to 9\",\"source\":\"sales/0/7\"}";

    String page = Results.none().withDeadLetters(List.of(letter)).page();

    JsonNode rejected = data(page).get("rejected");
    assertThat(rejected.at("/0/reason").textValue()).isEqualTo("LOST_OFFSETS");
    assertThat(rejected.at("/0/samples/0/message").textValue()).isEqualTo("offsets 7 to 9");
    assertThat(rejected.at("/0/samples/0/payload").textValue()).isEmpty();
  }

  @Test
  void showsSamplesOfEachReason() throws IOException {
    String letter = "{\"reason\":\"%s\",\"message\":\"m\",\"source\":\"s\",\"payload\":\"%s\"}";
    List<String> letters = new ArrayList<>();
    for (int record = 0; record < 1_000; record++) {
      letters.add(letter.formatted("BAD_ID", "\uD83D\uDC15".repeat(40_000)));
      letters.add(letter.formatted("TOO_LARGE", "x"));
    }

    String page = Results.none().withDeadLetters(letters).page();

    JsonNode rejected = data(page).get("rejected");
    assertThat(rejected.get(0).get("count").longValue()).isEqualTo(1_000);
    assertThat(rejected.get(0).get("samples")).hasSize(SAMPLES);
    assertThat(rejected.at("/0/samples/0/payload").textValue()).hasSize(401).endsWith("…");
    assertThat(page.length()).isLessThan(Results.none().page().length() + 5_000);
  }

  @ParameterizedTest
  @CsvSource({
    "EARLY, 5, EARLY, 7",
    "ON_TIME, 5, LATE, 7",
    "LATE, 5, EARLY, 7",
    "EARLY, 7, ON_TIME, 7",
    "ON_TIME, 7, LATE, 7",
    "EARLY, 7, LATE, 7"
  })
  void usesTheRowWithTheLargestVersionInAnyOrder(
      String pane, int version, String nextPane, int nextVersion) throws IOException {
    String lower = row(1, pane, version);
    String higher = row(2, nextPane, nextVersion);
    for (boolean withPanes : new boolean[] {false, true}) {
      assertThat(unitsOf(withPanes, lower, higher)).isEqualTo(2);
      assertThat(unitsOf(withPanes, higher, lower)).isEqualTo(2);
    }
  }

  private static long unitsOf(boolean withPanes, String... rows) throws IOException {
    RunResults results = new RunResults(withPanes);
    results.read(Analysis.PRODUCT_VOLUME.title(), new StringReader(String.join("\n", rows)));
    JsonNode volumes = data(Page.of(new PageData(results))).at("/results/product-volume");
    assertThat(volumes.get("rows").intValue()).isEqualTo(1);
    assertThat(volumes.at("/series/0")).hasSize(withPanes ? 5 : 4);
    return Long.parseLong(volumes.at("/series/0/3").textValue());
  }

  private static String row(int units, String pane, int version) {
    return WEEK.formatted("1", units)
        .replace("ON_TIME", pane)
        .replace("\"version\":1", "\"version\":" + version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"pane_index\":0|version: missing",
        "\"version\":null|version: null is not an integer",
        "\"version\":\"1\"|version: 1 is not an integer",
        "\"version\":1.5|version: 1.5 is not an integer",
        "\"version\":-1|version: -1 is negative"
      })
  void countsARowWithoutAVersionAsMalformed(String field, String error) throws IOException {
    String row = WEEK.formatted("1", 5).replace("\"version\":1", field);

    JsonNode data = data(Results.none().with(Analysis.PRODUCT_VOLUME, List.of(row)).page());

    assertThat(data.at("/malformed/0/count").longValue()).isEqualTo(1);
    assertThat(data.at("/malformed/0/samples/0/error").textValue()).isEqualTo(error);
    assertThat(data.at("/results/product-volume/rows").intValue()).isZero();
  }

  @Test
  void isSmallAndFastForAYearOfTwoThousandProducts() throws IOException {
    Results year = year(2_000);
    String page = year.page();

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
    assertThat(data(page).at("/results/product-volume/rows").intValue()).isEqualTo(53 * 2_000);
    assertThat(secondsOf(year)).isLessThan(2);
  }

  /**
   * CPU time of the fastest of some attempts: the JVM must warm up, and the machine can be busy.
   */
  private static double secondsOf(Results year) throws IOException {
    double fastest = Double.MAX_VALUE;
    for (int attempt = 0; attempt < 10 && fastest >= 2; attempt++) {
      long start = THREADS.getCurrentThreadCpuTime();
      year.page();
      fastest = Math.min(fastest, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }
    return fastest;
  }

  /** Every product is sold every week, in varying numbers. */
  private static Results year(int products) {
    List<String> volumes = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    LocalDateTime first = LocalDateTime.of(2021, 12, 27, 0, 0);
    for (int week = 0; week < 53; week++) {
      LocalDateTime start = first.plusWeeks(week);
      String window = window("window_start", start) + window("window_end", start.plusWeeks(1));
      String pair =
          window("previous_start", start.minusWeeks(1))
              + window("current_start", start)
              + window("current_end", start.plusWeeks(1));
      for (int item = 1; item <= products; item++) {
        int units = units(item, week);
        int previous = week == 0 ? 0 : units(item, week - 1);
        Double ratio = previous == 0 ? null : (double) units / previous;
        volumes.add(
            "{"
                + window
                + "\"item_id\":"
                + item
                + ",\"line_items\":"
                + units / 2
                + ",\"units\":"
                + units
                + PANE);
        changes.add(
            "{"
                + pair
                + "\"item_id\":"
                + item
                + ",\"previous\":"
                + previous
                + ",\"current\":"
                + units
                + ",\"change\":"
                + (units - previous)
                + ",\"ratio\":"
                + ratio
                + PANE);
      }
    }
    return Results.none()
        .with(Analysis.PRODUCT_VOLUME, volumes)
        .with(Analysis.PRODUCT_VOLUME_CHANGE, changes);
  }

  private static String window(String name, LocalDateTime time) {
    return "\"" + name + "\":\"" + time + ":00\",";
  }

  private static int units(int item, int week) {
    return 1 + (item * 7_919 + week * 104_729) % 1_999;
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  /** The source expression of the content security policy for an inline text. */
  private static String sourceOf(String text) throws NoSuchAlgorithmException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  private static String between(String page, String before, String after) {
    int start = page.indexOf(before) + before.length();
    return page.substring(start, page.indexOf(after, start));
  }
}
