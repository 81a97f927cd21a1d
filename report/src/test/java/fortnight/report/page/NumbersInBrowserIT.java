package fortnight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.common.Analysis;
import fortnight.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the page in a browser are those of the result files. */
class NumbersInBrowserIT {
  @RegisterExtension static final Browser browser = new Browser();

  private static final List<String> CUSTOMERS =
      List.of(
          """
          {"window_start":"2022-01-03T00:00:00","window_end":"2022-01-10T00:00:00",\
          "customers":2,"pane":"ON_TIME","version":4}\
          """,
          """
          {"window_start":"2022-01-10T00:00:00","window_end":"2022-01-17T00:00:00",\
          "customers":1,"pane":"ON_TIME","version":1}\
          """);

  private static final List<String> CUSTOMER_CHANGES =
      List.of(
          """
          {"previous_start":"2021-12-27T00:00:00","current_start":"2022-01-03T00:00:00",\
          "current_end":"2022-01-10T00:00:00","previous":0,"current":2,"change":2,"ratio":null,\
          "pane":"ON_TIME","version":4}\
          """,
          """
          {"previous_start":"2022-01-03T00:00:00","current_start":"2022-01-10T00:00:00",\
          "current_end":"2022-01-17T00:00:00","previous":2,"current":1,"change":-1,"ratio":0.5,\
          "pane":"ON_TIME","version":5}\
          """);

  @TempDir private Path directory;

  @Test
  void drawsTheVolumesOfTheResultFile() throws IOException {
    Results results = Results.sample();

    browser.show(results.pageIn(directory));

    List<Long> transactions = new ArrayList<>();
    for (JsonNode row : results.of(Analysis.WEEKLY_VOLUME)) {
      transactions.add(row.get("transactions").longValue());
    }
    assertThat(browser.bars("volume")).containsExactlyElementsOf(asDoubles(transactions));
    assertThat(browser.table("volume", 1)).containsExactlyElementsOf(asTexts(transactions));
    assertThat(browser.find("#volume canvas").getSize().getHeight()).isGreaterThan(100);
  }

  @Test
  void drawsTheChangesOfTheResultFile() throws IOException {
    Results results = Results.sample();

    browser.show(results.pageIn(directory));

    List<Double> shares = new ArrayList<>();
    List<String> ratios = new ArrayList<>();
    for (JsonNode row : results.of(Analysis.VOLUME_CHANGE)) {
      JsonNode ratio = row.get("ratio");
      shares.add(ratio.isNull() ? null : ratio.doubleValue() - 1);
      ratios.add(ratio.asText());
    }
    assertThat(browser.bars("change")).containsExactlyElementsOf(shares);
    assertThat(browser.table("change", 4)).containsExactlyElementsOf(ratios);
  }

  @Test
  void drawsTheCustomersOfTheResultFile() throws IOException {
    Results results =
        Results.none()
            .with(Analysis.WEEKLY_CUSTOMERS, CUSTOMERS)
            .with(Analysis.CUSTOMER_CHANGE, CUSTOMER_CHANGES);

    browser.show(results.pageIn(directory));

    assertThat(browser.bars("customers")).containsExactly(2.0, 1.0);
    assertThat(browser.table("customers", 1)).containsExactly("2", "1");
    assertThat(browser.bars("customer-change")).containsExactly(null, -0.5);
    assertThat(browser.table("customer-change", 2)).containsExactly("2", "1");
  }

  @Test
  void hasNoChartOfCustomersThatWereNotCounted() throws IOException {
    browser.show(Results.sample().pageIn(directory));

    assertThat(browser.find("#customers").isDisplayed()).isFalse();
    assertThat(browser.find("#customer-change").isDisplayed()).isFalse();
  }

  @Test
  void countsEveryRatioOnce() throws IOException {
    Results results = Results.sample();

    browser.show(results.pageIn(directory));
    browser.click("#whole");

    long positive =
        results.of(Analysis.PRODUCT_VOLUME_CHANGE).stream()
            .filter(row -> row.get("ratio").doubleValue() > 0)
            .count();
    double counted = 0;
    for (Double count : browser.bars("ratios")) {
      counted += count == null ? 0 : count;
    }
    assertThat(counted).isEqualTo((double) positive);
    assertThat(browser.table("ratios", 2).stream().mapToLong(Long::parseLong).sum())
        .isEqualTo(positive);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample",
        "every-day",
        "item-vanishes-and-returns",
        "ids-as-strings-and-integers",
        "returns",
        "period-of-12-hours",
        "three-silent-weeks"
      })
  void hasEveryNumberOfTheResultFiles(String name) throws IOException {
    Results results = name.equals("sample") ? Results.sample() : Results.example(name);

    browser.show(results.pageIn(directory));

    List<Object> changes = new ArrayList<>();
    for (JsonNode row : results.of(Analysis.PRODUCT_VOLUME_CHANGE)) {
      changes.add(change(row, "current_start", "current_end", id(row.get("item_id"))));
    }
    List<Object> volumes = new ArrayList<>();
    for (JsonNode row : results.of(Analysis.PRODUCT_VOLUME)) {
      volumes.add(
          List.of(
              millis(row.get("window_start")),
              id(row.get("item_id")),
              row.get("line_items").longValue(),
              row.get("units").longValue()));
    }
    assertThat(shownChanges()).containsExactlyInAnyOrderElementsOf(changes);
    assertThat(shownVolumes()).containsExactlyInAnyOrderElementsOf(volumes);
  }

  @Test
  void stripesWeeksThatTheDataDoesNotCover() throws IOException {
    String week =
        "{\"window_start\":\"%s\",\"window_end\":\"%s\",\"transactions\":%d,\"line_items\":1,"
            + "\"units\":1,\"first_transaction\":\"%s\",\"last_transaction\":\"%s\","
            + "\"pane\":\"ON_TIME\",\"version\":1}";
    Results results =
        Results.none()
            .with(
                Analysis.WEEKLY_VOLUME,
                List.of(
                    week.formatted(
                        "2021-12-27T00:00:00",
                        "2022-01-03T00:00:00",
                        300,
                        "2022-01-01T00:00:33.079",
                        "2022-01-02T18:00:00"),
                    week.formatted(
                        "2022-01-03T00:00:00",
                        "2022-01-10T00:00:00",
                        1000,
                        "2022-01-03T09:00:00",
                        "2022-01-09T18:00:00"),
                    week.formatted(
                        "2022-01-10T00:00:00",
                        "2022-01-17T00:00:00",
                        1020,
                        "2022-01-10T09:00:00",
                        "2022-01-15T18:00:00"),
                    week.formatted(
                        "2022-01-17T00:00:00",
                        "2022-01-24T00:00:00",
                        400,
                        "2022-01-17T09:00:00",
                        "2022-01-19T18:00:00")));

    browser.show(results.pageIn(directory));

    assertThat(browser.value("fortnight.charts.volume.data[2]").toString())
        .isEqualTo("[300,null,null,400]");
    assertThat(browser.text("#volume figcaption")).contains("27 Dec 2021", "17 Jan 2022");
    assertThat(browser.text("#steady")).isEqualTo("Yes, it is steady");
    assertThat(browser.text("#steady-why")).contains("2 full weeks", "1,000 to 1,020");
  }

  private static List<Object> shownChanges() throws IOException {
    List<Object> changes = new ArrayList<>();
    JsonNode rows =
        browser.value(
            "fortnight.rows.itemChanges.map(row => ({...row, item_id:"
                + " fortnight.rows.items[row.item].id}))");
    for (JsonNode row : rows) {
      changes.add(change(row, "start", "end", row.get("item_id").textValue()));
    }
    return changes;
  }

  private static List<Object> change(JsonNode row, String start, String end, String item) {
    return List.of(
        millis(row.get(start)),
        millis(row.get(end)),
        item,
        row.get("previous").longValue(),
        row.get("current").longValue(),
        row.get("change").longValue(),
        row.get("ratio").isNull() ? "null" : row.get("ratio").doubleValue());
  }

  private static List<Object> shownVolumes() throws IOException {
    List<Object> volumes = new ArrayList<>();
    JsonNode rows =
        browser.value(
            "fortnight.rows.items.flatMap(item => fortnight.rows.itemVolumesOf(item.index)"
                + ".map(row => ({...row, item_id: item.id})))");
    for (JsonNode row : rows) {
      volumes.add(
          List.of(
              millis(row.get("start")),
              row.get("item_id").textValue(),
              row.get("line_items").longValue(),
              row.get("units").longValue()));
    }
    return volumes;
  }

  private static long millis(JsonNode time) {
    return time.isTextual()
        ? LocalDateTime.parse(time.textValue()).toInstant(ZoneOffset.UTC).toEpochMilli()
        : time.longValue();
  }

  /** The label on the page: a string that looks like an integer, or is empty, is in quotes. */
  private static String id(JsonNode id) {
    return id.isTextual() && id.textValue().matches("-?\\d+|")
        ? "\"" + id.textValue() + "\""
        : id.asText();
  }

  private static List<Double> asDoubles(List<Long> numbers) {
    return numbers.stream().map(Long::doubleValue).toList();
  }

  private static List<String> asTexts(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).toList();
  }
}
