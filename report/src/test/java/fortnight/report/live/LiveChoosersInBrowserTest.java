package fortnight.report.live;

import static fortnight.report.MoneyResults.shopWeek;
import static fortnight.report.RowLines.comparison;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.report.page.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Measures, dimensions and currencies that appear while a page is open, in a browser. */
class LiveChoosersInBrowserTest {
  @RegisterExtension static final Browser browser = new Browser();

  private static final Analysis STORE_CHANGE = Analysis.changeBy("store");

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
  void offersDimensionsThatArrive() throws Exception {
    page.feed(Analysis.PRODUCT_VOLUME_CHANGE, storeless("8"));
    browser.show(page.address());
    assertThat(browser.find("#dimension").isDisplayed()).isFalse();

    page.feed(STORE_CHANGE, change("Berlin", "9"));
    browser.await("document.querySelector('#dimension option[value=store]') !== null");
    browser.choose("#dimension", "store");
    assertThat(browser.texts("#outlier-rows tbody button")).containsExactly("Berlin");

    page.feed(STORE_CHANGE, change(null, "10"), change("Aachen", "11"));
    browser.await("document.querySelectorAll('#outlier-rows tbody tr').length === 3");
    browser.click("#outlier-rows th:first-child button");
    assertThat(browser.texts("#outlier-rows tbody button"))
        .containsExactly("(no store)", "Aachen", "Berlin");
    assertThat(browser.text("#item-title")).isEqualTo("Store Berlin");
  }

  @Test
  void keepsTheCurrencyWhenOthersArrive() throws Exception {
    page.feed(Analysis.WEEKLY_VOLUME, shopWeek(3, 5, "0.10", "EUR"));
    browser.show(page.address());
    browser.choose("#measure", "revenue");
    assertThat(browser.bars("volume")).containsExactly(0.1);

    page.feed(
        Analysis.WEEKLY_VOLUME,
        shopWeek(3, 50, "7.00", "CHF"),
        shopWeek(10, 5, "90071992547409930000.20", "EUR"));
    browser.await("document.querySelectorAll('#currency option').length === 2");
    browser.await("fortnight.charts.volume.data[0].length === 2");

    assertThat(browser.text("#volume h2")).isEqualTo("Revenue in EUR per week");
    assertThat(browser.texts("#sums dd")).contains("90,071,992,547,409,930,000.30");
    browser.choose("#currency", "1");
    assertThat(browser.bars("volume")).containsExactly(7.0);
  }

  private static String change(String store, String current) {
    return comparison("2022-01-03", "2022-01-10", "2022-01-17", "1", current, "store", store);
  }

  private static String storeless(String current) {
    return comparison("2022-01-03", "2022-01-10", "2022-01-17", "1", current, "item_id", 1);
  }
}
