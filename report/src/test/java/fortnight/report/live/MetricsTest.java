package fortnight.report.live;

import static fortnight.report.RowLines.comparison;
import static fortnight.report.RowLines.letter;
import static fortnight.report.RowLines.week;
import static fortnight.report.live.PageSockets.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fortnight.common.Analysis;
import fortnight.report.MoneyResults;
import fortnight.report.RowLines;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metrics of a live page, requested over HTTP. */
class MetricsTest {
  private static final Analysis STORE_CHANGE = Analysis.changeBy("store");
  private static final String TWO_STORES =
      """
      fortnight_window_start_timestamp_seconds{analysis="revenue-change",window="closed"} 1641772800
      fortnight_window_start_timestamp_seconds{analysis="store-revenue-change",window="closed"} 1641772800
      fortnight_window_start_timestamp_seconds{analysis="store-volume",window="closed"} 1641772800
      fortnight_window_start_timestamp_seconds{analysis="weekly-volume",window="closed"} 1641772800
      fortnight_window_end_timestamp_seconds{analysis="revenue-change",window="closed"} 1642377600
      fortnight_window_end_timestamp_seconds{analysis="store-revenue-change",window="closed"} 1642377600
      fortnight_window_end_timestamp_seconds{analysis="store-volume",window="closed"} 1642377600
      fortnight_window_end_timestamp_seconds{analysis="weekly-volume",window="closed"} 1642377600
      fortnight_omitted_series{analysis="revenue-change",window="closed"} 0
      fortnight_omitted_series{analysis="store-revenue-change",window="closed"} 0
      fortnight_omitted_series{analysis="store-volume",window="closed"} 0
      fortnight_omitted_series{analysis="weekly-volume",window="closed"} 0
      fortnight_transactions{window="closed",currency="EUR"} 11
      fortnight_transactions{window="closed",currency="USD"} 1
      fortnight_line_items{window="closed",currency="EUR"} 20
      fortnight_line_items{window="closed",currency="USD"} 20
      fortnight_units{window="closed",currency="EUR"} 30
      fortnight_units{window="closed",currency="USD"} 30
      fortnight_revenue{window="closed",currency="EUR"} 1300.05
      fortnight_revenue{window="closed",currency="USD"} 2.00
      fortnight_revenue_change_current{window="closed",currency="EUR"} 1300.05
      fortnight_revenue_change_current{window="closed",currency="USD"} 2.00
      fortnight_revenue_change_previous{window="closed",currency="EUR"} 1234.50
      fortnight_revenue_change_previous{window="closed",currency="USD"} 1.00
      fortnight_revenue_change_ratio{window="closed",currency="EUR"} 1.0530984204131226
      fortnight_revenue_change_ratio{window="closed",currency="USD"} 2.0
      fortnight_dimension_transactions{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 5
      fortnight_dimension_transactions{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 5
      fortnight_dimension_line_items{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 10
      fortnight_dimension_line_items{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 10
      fortnight_dimension_units{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 15
      fortnight_dimension_units{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 15
      fortnight_dimension_revenue{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 11.35
      fortnight_dimension_revenue{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 802.00
      fortnight_dimension_revenue_change_current{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 11.35
      fortnight_dimension_revenue_change_current{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 802.00
      fortnight_dimension_revenue_change_previous{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 1134.25
      fortnight_dimension_revenue_change_previous{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 100.25
      fortnight_dimension_revenue_change_ratio{dimension="store",value="null",value_type="null",window="closed",currency="EUR"} 0.01000661229887591
      fortnight_dimension_revenue_change_ratio{dimension="store",value="7",value_type="integer",window="closed",currency="EUR"} 8.0
      """;

  @Test
  void areInTheTextFormatOfPrometheus() throws Exception {
    try (FedPage page = FedPage.reading(0)) {
      HttpResponse<String> response = get(page);

      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .isEqualTo(
              """
              # HELP fortnight_up 1 if the last check of the topics or tables succeeded, 0 if the other metrics can be out of date
              # TYPE fortnight_up gauge
              fortnight_up 1
              # HELP fortnight_complete 1 if all rows that existed at the start have been read; until then, there are no metrics of windows, outliers and dead letters
              # TYPE fortnight_complete gauge
              fortnight_complete 0
              """);
    }
  }

  @Test
  void leaveOutRowsUntilAllHaveBeenRead() throws Exception {
    try (FedPage page = FedPage.reading(0)) {
      page.feed(Analysis.WEEKLY_VOLUME, week(3, 10, "ON_TIME"));

      assertThat(series(page))
          .containsExactly(
              "fortnight_up 1",
              "fortnight_complete 0",
              "fortnight_rows_read_total{result=\"weekly-volume\"} 1",
              "fortnight_malformed_rows_total{result=\"weekly-volume\"} 0");
    }
  }

  @Test
  void haveNoWindowsWithoutRows() throws Exception {
    try (FedPage page = FedPage.start()) {
      assertThat(series(page))
          .containsExactly(
              "fortnight_up 1", "fortnight_complete 1", "fortnight_redriven_dead_letters 0");
    }
  }

  @Test
  void areThoseOfTheLatestWindowOfTheShopAndItsDimensions() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(MoneyResults.twoStores("EUR", "USD"));

      assertThat(series(page))
          .containsSequence(TWO_STORES.lines().toList())
          .noneMatch(line -> line.contains("analysis=\"product"))
          .noneMatch(line -> line.contains("dimension=\"product"));
    }
  }

  @Test
  void separateTheOpenWindowFromTheLatestClosedOne() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(
          Analysis.WEEKLY_VOLUME,
          week(17, 3, "EARLY"),
          week(10, 11, "LATE"),
          week(10, 10, "ON_TIME"),
          week(3, 9, "ON_TIME"));

      assertThat(series(page))
          .contains(
              "fortnight_transactions{window=\"closed\"} 11",
              "fortnight_transactions{window=\"open\"} 3",
              windowStart("closed", 1_641_772_800),
              windowStart("open", 1_642_377_600));

      page.feed(Analysis.WEEKLY_VOLUME, week(17, 3, "ON_TIME"));

      assertThat(series(page))
          .contains("fortnight_transactions{window=\"closed\"} 3")
          .contains(windowStart("closed", 1_642_377_600))
          .noneMatch(line -> line.contains("\"open\""));
    }
  }

  private static String windowStart(String window, long seconds) {
    return "fortnight_window_start_timestamp_seconds{analysis=\"weekly-volume\",window=\"%s\"} %d"
        .formatted(window, seconds);
  }

  @Test
  void haveNoRatioWithoutAPreviousNumber() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(Analysis.VOLUME_CHANGE, shopChange("0", "7"));

      assertThat(series(page))
          .contains(
              "fortnight_transactions_change_current{window=\"closed\"} 7",
              "fortnight_transactions_change_previous{window=\"closed\"} 0")
          .noneMatch(line -> line.contains("_ratio"));
    }
  }

  private static String shopChange(String previous, String current) {
    return comparison("2022-01-03", "2022-01-10", "2022-01-17", previous, current);
  }

  @Test
  void areLimitedToOneThousandValues() throws Exception {
    try (FedPage page = FedPage.start()) {
      for (int store = 1_002; store > 0; store--) {
        page.feed(STORE_CHANGE, storeChange(10, store, 1, 2, 3));
      }

      List<String> series = series(page);
      assertThat(series)
          .contains(
              "fortnight_omitted_series{analysis=\"store-volume-change\",window=\"closed\"} 2");
      assertThat(series)
          .filteredOn(line -> line.startsWith("fortnight_dimension_units_change_ratio"))
          .hasSize(1_000)
          .anyMatch(line -> line.contains("\"1000\""))
          .noneMatch(line -> line.contains("\"1001\""));
    }
  }

  @Test
  void countTheOutliersOfTheLatestClosedWindow() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(STORE_CHANGE, storeChange(10, 7, 1, 9, 10), storeChange(10, 8, 1, 9, 10));
      page.feed(
          Analysis.OUTLIERS,
          outlier(10, 7, 1, 9, 10, "up"),
          outlier(10, 8, 1, 9, 10, "up"),
          outlier(3, 9, 9, 1, 10, "down"));

      assertThat(outliers(page)).containsExactly("up 2", "down 0");

      // A late record brings the change back within the limits.
      page.feed(STORE_CHANGE, storeChange(10, 8, 5, 9, 14));
      assertThat(outliers(page)).containsExactly("up 1", "down 0");

      page.feed(STORE_CHANGE, storeChange(17, 7, 9, 9, 18));
      assertThat(outliers(page)).containsExactly("up 0", "down 0");

      page.feed(Analysis.OUTLIERS, outlier(17, 8, 9, 1, 10, "down"));
      assertThat(outliers(page)).containsExactly("up 0", "down 1");
    }
  }

  private static String storeChange(int monday, int store, int previous, int current, int version) {
    return RowLines.change(monday, String.valueOf(store), previous, current, "ON_TIME")
        .replace("item_id", "store")
        .replaceFirst("\"version\":\\d+", "\"version\":" + version);
  }

  private static String outlier(
      int monday, int store, int previous, int current, int version, String direction) {
    return storeChange(monday, store, previous, current, version)
        .replaceFirst(
            "\\{",
            "{\"analysis\":\"store-volume-change\",\"direction\":\"%s\",".formatted(direction));
  }

  /** The directions and numbers of outliers of stores. */
  private static List<String> outliers(FedPage page) throws Exception {
    String prefix = "fortnight_outliers{analysis=\"store-volume-change\",direction=\"";
    return series(page).stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).replace("\"}", ""))
        .toList();
  }

  @Test
  void countDeadLettersMalformedRowsAndMessages() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(
          Analysis.DEAD_LETTERS,
          List.of(letter("BAD_ID", "m", "s", "1"), letter("BAD_ID", "m", "s", "2")));
      page.feed(Analysis.DEAD_LETTERS, List.of(letter("a\\\\\\\"b\\n", "m", "s", "3")));
      page.feed(Analysis.WEEKLY_VOLUME, "{}");
      page.feed(Analysis.OUTLIERS, outlier(10, 7, 1, 9, 10, "sideways"));

      assertThat(series(page))
          .containsExactly(
              "fortnight_up 1",
              "fortnight_complete 1",
              "fortnight_outliers{analysis=\"product-volume-change\",direction=\"up\"} 0",
              "fortnight_outliers{analysis=\"product-volume-change\",direction=\"down\"} 0",
              "fortnight_dead_letters{reason=\"BAD_ID\"} 2",
              "fortnight_dead_letters{reason=\"a\\\\\\\"b\\n\"} 1",
              "fortnight_redriven_dead_letters 0",
              "fortnight_rows_read_total{result=\"dead-letters\"} 3",
              "fortnight_rows_read_total{result=\"outliers\"} 1",
              "fortnight_rows_read_total{result=\"weekly-volume\"} 1",
              "fortnight_malformed_rows_total{result=\"dead-letters\"} 0",
              "fortnight_malformed_rows_total{result=\"outliers\"} 1",
              "fortnight_malformed_rows_total{result=\"weekly-volume\"} 1");
    }
  }

  @Test
  void includeTheLagAndWhetherTheBrokersAnswer() throws Exception {
    try (FedPage page = FedPage.start()) {
      page.feed(Analysis.WEEKLY_VOLUME, week(10, 11, "ON_TIME"));
      page.status("2022-01-17T00:00:00.5", "2022-01-17T01:00:00.5", Optional.of("no answer"));

      assertThat(series(page))
          .startsWith(
              "fortnight_up 0",
              "fortnight_complete 1",
              "fortnight_latest_event_timestamp_seconds 1642377600.5",
              "fortnight_event_time_lag_seconds 3600",
              "fortnight_latest_row_timestamp_seconds 1642377540",
              "fortnight_row_lag_seconds 60.5");
    }
  }

  @Test
  void areOnlyForAllowedHosts() throws Exception {
    try (FedPage page = FedPage.start()) {
      assertThat(ask(page, "/metrics", "127.0.0.1:9090")).contains(" 200 ");
      assertThat(ask(page, "/metrics", "evil.example")).contains(" 403 ");
    }
  }

  @Test
  void passTheCheckOfPromtool() throws Exception {
    Optional<Path> promtool =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(promtool.isPresent(), "promtool is not installed");
    try (FedPage page = FedPage.start()) {
      page.feed(MoneyResults.twoStores("EUR", "USD"));
      page.feed(Analysis.VOLUME_CHANGE, shopChange("1", "7"));
      page.feed(
          Analysis.changeBy("shelf"),
          RowLines.change(10, "\"a\\\\b\\\"c\\nd\\u0000\"", 1, 2, "ON_TIME")
              .replace("item_id", "shelf"));
      page.feed(Analysis.OUTLIERS, outlier(10, 7, 1, 9, 10, "up"));
      page.feed(Analysis.DEAD_LETTERS, List.of(letter("BAD_ID", "m", "s", "1")));
      page.status("2022-01-17T00:00:00", "2022-01-17T01:00:00", Optional.empty());

      assertThat(check(promtool.get(), text(page))).isEmpty();
    }
  }

  /** What {@code promtool check metrics} reports. */
  private static String check(Path promtool, String text) throws Exception {
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().close();
    String report = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? report : "failed: " + report;
  }

  /** The lines that are not comments. */
  private static List<String> series(FedPage page) throws Exception {
    List<String> lines = new ArrayList<>(text(page).lines().toList());
    lines.removeIf(line -> line.startsWith("#"));
    return lines;
  }

  private static String text(FedPage page) throws Exception {
    return get(page).body();
  }

  private static HttpResponse<String> get(FedPage page) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(page.address() + "metrics")).build(),
            BodyHandlers.ofString(UTF_8));
  }
}
