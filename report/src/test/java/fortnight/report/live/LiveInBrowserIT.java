package fortnight.report.live;

import static fortnight.report.RowLines.change;
import static fortnight.report.RowLines.letter;
import static fortnight.report.RowLines.week;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.common.Analysis;
import fortnight.report.Results;
import fortnight.report.page.Browser;
import fortnight.report.page.Ids;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that is open while rows arrive, in a browser. */
class LiveInBrowserIT {
  @RegisterExtension static final Browser browser = new Browser();

  private FedPage page;

  @BeforeEach
  void start() {
    page = FedPage.start();
  }

  @AfterEach
  void stop() {
    browser.leave();
    page.close();
  }

  @Test
  void showsRowsAsTheyArrive() throws Exception {
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 100, "ON_TIME"));
    browser.show(page.address());
    assertThat(browser.bars("volume")).containsExactly(100.0);

    for (int transactions = 200; transactions < 205; transactions++) {
      long fed = System.nanoTime();
      page.feed(Analysis.WEEKLY_VOLUME, week(10, transactions, "EARLY"));
      browser.await("fortnight.charts.volume.data[4].includes(" + transactions + ")");
      System.out.printf(
          "shown after %d ms%n", Duration.ofNanos(System.nanoTime() - fed).toMillis());
    }
    assertThat(browser.text("#sums")).contains("transactions\n304");
  }

  @Test
  void marksProvisionalAndCorrectedRows() throws Exception {
    page.feed(
        Analysis.WEEKLY_VOLUME,
        week(3, 100, "ON_TIME"),
        week(10, 101, "ON_TIME"),
        week(17, 7, "EARLY"));
    page.feed(
        Analysis.PRODUCT_VOLUME_CHANGE,
        change(10, "1", 1, 50, "ON_TIME"),
        change(17, "1", 50, 1, "EARLY"));
    browser.show(page.address());

    assertThat(browser.text("#volume")).contains("Hatched and lighter: provisional, 17 Jan 2022");
    assertThat(browser.value("fortnight.charts.volume.data[4]")).hasToString("[null,null,7]");
    assertThat(browser.texts("#outlier-rows .pane")).isEmpty();
    browser.click("#whole");
    assertThat(browser.texts("#outlier-rows .pane")).containsExactly("provisional");

    page.feed(Analysis.WEEKLY_VOLUME, week(10, 102, "LATE"), week(17, 103, "ON_TIME"));
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, change(10, "1", 1, 60, "LATE"));
    browser.await("fortnight.charts.volume.data[1][2] === 103");
    browser.await("document.querySelector('#outlier-rows .late') !== null");

    assertThat(browser.text("#volume"))
        .contains("With a wedge: corrected after the period had closed, 10 Jan 2022")
        .doesNotContain("provisional");
    assertThat(browser.bars("volume")).containsExactly(100.0, 102.0, 103.0);
    assertThat(browser.texts("#outlier-rows .late")).containsExactly("corrected");
    browser.click("#volume .as-table summary");
    browser.await("document.querySelector('#volume tbody .late') !== null");
  }

  @Test
  void showsAllRowsWhenItIsOpenedLate() throws Exception {
    Results sample = Results.sample();
    page.catalog(String.join("\n", sample.catalog()));
    for (Map.Entry<Analysis, List<String>> analysis : sample.rows().entrySet()) {
      page.feed(analysis.getKey().title(), analysis.getValue());
    }
    browser.show(page.address());

    assertThat(browser.bars("volume"))
        .isEqualTo(
            sample.of(Analysis.WEEKLY_VOLUME).stream()
                .map(row -> row.get("transactions").doubleValue())
                .toList());
    assertThat(browser.value("fortnight.rows.itemChanges.length").intValue())
        .isEqualTo(sample.of(Analysis.PRODUCT_VOLUME_CHANGE).size());
    assertThat(browser.text("#item-title")).isEqualTo("Dog Leash");
  }

  @Test
  void showsTheRowsWithTheLargestVersionsInAnyOrderOfArrival() throws Exception {
    page.feed(
        Analysis.WEEKLY_VOLUME,
        week(3, 6, "EARLY"),
        week(3, 7, "LATE"),
        week(3, 7, "ON_TIME"),
        week(10, 9, "ON_TIME"));
    browser.show(page.address());
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 2, "EARLY"), week(10, 3, "ON_TIME"));
    page.feed(Analysis.WEEKLY_VOLUME, week(17, 1, "ON_TIME"));
    browser.await("fortnight.charts.volume.data[1].length === 3");

    assertThat(browser.bars("volume")).containsExactly(7.0, 9.0, 1.0);
    assertThat(browser.text("#volume")).contains("corrected").doesNotContain("provisional");
  }

  @Test
  void sortsNewItemsAmongTheOthers() throws Exception {
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, change(10, "10", 1, 50, "ON_TIME"));
    browser.show(page.address());
    page.feed(
        Analysis.PRODUCT_VOLUME_CHANGE,
        change(10, "\"a\"", 1, 50, "ON_TIME"),
        change(10, "9", 1, 50, "ON_TIME"));
    browser.await("document.querySelectorAll('#outlier-rows tbody tr').length === 3");
    browser.click("#outlier-rows th:first-child button");

    assertThat(browser.texts("#outlier-rows tbody button")).containsExactly("9", "10", "a");
  }

  @Test
  void labelsIdsAsTheReportDoes() throws Exception {
    browser.resize(360, true);
    try {
      browser.show(page.address());
      for (String id : Ids.JSON) {
        page.feed(Analysis.PRODUCT_VOLUME_CHANGE, change(10, id, 1, 8, "ON_TIME"));
      }
      browser.await("document.querySelectorAll('#items option').length === " + Ids.JSON.size());

      assertThat(browser.value(Ids.TITLES_OF_CHOICES))
          .extracting(JsonNode::textValue)
          .containsExactlyElementsOf(Ids.LABELS.stream().map(label -> "Item " + label).toList());
      assertThat(browser.value(Ids.TURNED)).isEmpty();
      assertThat(browser.value(Ids.HAS_DIRECTIONS).booleanValue()).isFalse();
      assertThat(browser.value("document.documentElement.scrollWidth").intValue()).isEqualTo(360);
    } finally {
      browser.resize(1200, false);
    }
  }

  @Test
  void reconnectsAfterARestartOfTheServer() throws Exception {
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 100, "ON_TIME"));
    String first = change(10, "1", 1, 50, "ON_TIME");
    String second = change(10, "2", 1, 60, "ON_TIME");
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, first, second);
    browser.show(page.address());
    assertThat(browser.text("#item-title")).isEqualTo("Item 1");
    int port = URI.create(page.address()).getPort();
    page.close();
    browser.await("document.getElementById('connection').dataset.state === 'lost'");
    assertThat(browser.text("#connection")).contains("Connection lost");

    page = FedPage.reading(port);
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 111, "ON_TIME"));
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, second, first);
    browser.await("document.getElementById('connection').dataset.state === 'reading'");
    assertThat(browser.text("#connection")).contains("may be out of date");
    assertThat(browser.bars("volume")).containsExactly(100.0);

    page.complete();
    browser.await("fortnight.charts.volume.data[1][0] === 111");
    browser.await("document.getElementById('connection').dataset.state === 'live'");
    assertThat(browser.text("#item-title")).isEqualTo("Item 1");
    browser.clearConsole();
  }

  @Test
  void showsIdsAndDeadLettersAsText() throws Exception {
    String image = "<img src=x onerror=alert(1)>";
    browser.show(page.address());
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, change(10, '"' + image + '"', 1, 50, "ON_TIME"));
    page.feed(Analysis.DEAD_LETTERS, List.of(letter("<i>", image, image, image)));
    browser.await("document.querySelectorAll('#reasons li').length > 0");
    browser.await("document.querySelectorAll('#outlier-rows tbody tr').length === 1");

    assertThat(browser.texts("#outlier-rows tbody th button")).containsExactly(image);
    assertThat(browser.texts("#reasons pre")).containsExactly(image);
    assertThat(browser.texts("#reasons .command")).isEmpty();
    assertThat(browser.value("document.querySelectorAll('img, main i').length").intValue())
        .isZero();
  }

  @Test
  void showsMalformedRowsAndDeadLettersWithTheRedriveCommand() throws Exception {
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 100, "ON_TIME"), "{\"window_start\":");
    browser.show(page.address());
    String letter = letter("BAD_ID", "no", "sales/0/1", "{}");
    page.feed(Analysis.DEAD_LETTERS, List.of(letter, letter));
    page.feed(Analysis.DEAD_LETTERS, List.of(letter("BAD_ID", "no", "sales/0/2", "{}")));
    browser.await("document.querySelector('#reasons .count')?.textContent === '2'");
    browser.click("#reasons summary");

    assertThat(browser.text("#reasons code"))
        .isEqualTo(
            "java -jar fortnight.jar redrive"
                + " --from=kafka://localhost:9092/shop.dead-letters"
                + " --to=kafka://localhost:9092/sales --reason=BAD_ID");
    browser.click("#malformed summary");
    assertThat(browser.text("#malformed"))
        .contains("weekly-volume: 1", "Partition 0, offset 7: not JSON");
    assertThat(browser.bars("volume")).containsExactly(100.0);
  }

  @Test
  void isAccessible() throws Exception {
    page.feed(Analysis.WEEKLY_VOLUME, week(3, 100, "ON_TIME"), week(10, 9, "EARLY"));
    page.feed(Analysis.DEAD_LETTERS, List.of(letter("BAD_ID", "no", "sales/0/1", "{}")));
    browser.show(page.address());

    assertThat(browser.accessibilityViolations()).isEmpty();
  }
}
