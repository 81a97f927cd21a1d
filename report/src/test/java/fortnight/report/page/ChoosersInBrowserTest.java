package fortnight.report.page;

import static fortnight.report.RowLines.comparison;
import static fortnight.report.RowLines.row;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.report.MoneyResults;
import fortnight.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The choosers of the measure, the dimension and the currency, in a browser. */
class ChoosersInBrowserTest {
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;

  @Test
  void offersOnlyWhatHasRows() throws IOException {
    browser.show(Results.sample().pageIn(directory));

    assertThat(browser.texts("#measure option")).containsExactly("Transactions", "Units");
    assertThat(browser.find("#dimension").isDisplayed()).isFalse();
    assertThat(browser.find("#currency").isDisplayed()).isFalse();

    browser.show(MoneyResults.twoStores("EUR", "USD").pageIn(directory));

    assertThat(browser.texts("#measure option"))
        .containsExactly("Transactions", "Units", "Revenue");
    assertThat(browser.texts("#dimension option")).containsExactly("Product", "Store", "Shop only");
    assertThat(browser.texts("#currency option")).containsExactly("EUR", "USD");
  }

  @Test
  void showsUnitsOfTheShop() throws IOException {
    Results results = Results.sample();
    browser.show(results.pageIn(directory));
    browser.choose("#measure", "units");

    assertThat(browser.bars("volume"))
        .isEqualTo(
            results.of(Analysis.WEEKLY_VOLUME).stream()
                .map(row -> row.get("units").doubleValue())
                .toList());
    assertThat(browser.text("#volume h2")).isEqualTo("Units per week");
    assertThat(browser.find("#change").isDisplayed()).isFalse();
    assertThat(browser.text("#steady-title")).isEqualTo("Is the number of units steady?");
  }

  @Test
  void showsRevenueWithItsDecimalsAndItsCurrency() throws IOException {
    browser.show(MoneyResults.twoStores("EUR").pageIn(directory));
    browser.choose("#measure", "revenue");

    assertThat(browser.text("#volume h2")).isEqualTo("Revenue in EUR per week");
    assertThat(browser.bars("volume")).containsExactly(1234.50, 1300.05);
    assertThat(browser.table("volume", 4)).containsExactly("1234.50", "1300.05");
    assertThat(browser.table("change", 3)).containsExactly("1234.50", "65.55");
    assertThat(browser.text("#sums")).contains("2,534.55");
    assertThat(browser.text("#steady-why")).contains("revenue 1,234.50 to 1,300.05 EUR");
    browser.find("#change .chart").sendKeys(Keys.END);
    assertThat(browser.text("#change .readout"))
        .isEqualTo(
            "10 Jan 2022 – 16 Jan 2022: revenue 1,300.05 after 1,234.50 EUR, +65.55, +5.3 %");
  }

  @Test
  void showsCustomersInPlaceOfTransactions() throws IOException {
    browser.show(
        MoneyResults.twoStores("EUR")
            .with(
                Analysis.WEEKLY_CUSTOMERS,
                List.of(
                    row(
                        "window_start", "2022-01-03T00:00:00",
                        "window_end", "2022-01-10T00:00:00",
                        "currency", "EUR",
                        "customers", 9)))
            .with(
                Analysis.CUSTOMER_CHANGE,
                List.of(
                    comparison(
                        "2022-01-03", "2022-01-10", "2022-01-17", "9", "12", "currency", "EUR")))
            .pageIn(directory));
    assertThat(browser.bars("customers")).containsExactly(9.0);

    browser.choose("#measure", "customers");

    assertThat(browser.text("#volume h2")).isEqualTo("Customers per week");
    assertThat(browser.bars("volume")).containsExactly(9.0);
    assertThat(browser.text("#change h2")).isEqualTo("Change of customers from week to week");
    assertThat(browser.table("change", 2)).containsExactly("12");
    assertThat(browser.find("#customers").isDisplayed()).isFalse();
    assertThat(browser.find("#customer-change").isDisplayed()).isFalse();
  }

  @Test
  void showsTheValuesOfADimension() throws IOException {
    browser.show(MoneyResults.twoStores("EUR").pageIn(directory));
    browser.choose("#measure", "revenue");
    browser.choose("#dimension", "store");

    assertThat(browser.texts("#outlier-rows tbody th button")).containsExactly("7", "(no store)");
    assertThat(browser.texts("#outlier-rows tbody tr:first-child td"))
        .containsExactly("▲ 8×", "10 Jan 2022 – 16 Jan 2022", "100.25", "802.00", "+701.75");
    assertThat(browser.text("#jumps-title")).isEqualTo("Which stores jump or collapse?");
    assertThat(browser.text("#jumps")).isEqualTo("2 of 2 stores");
    assertThat(browser.text("#ratios p"))
        .startsWith("Revenue of a store, divided by that of the week before: 2 ratios");
    browser.click("#outlier-rows tbody tr:last-child button");
    assertThat(browser.text("#item-title")).isEqualTo("No store");
    assertThat(browser.bars("item")).containsExactly(1134.25, 11.35);
    assertThat(browser.text("#item-volume p")).startsWith("Revenue 1,145.60 EUR in 2 weeks.");
    assertThat(browser.texts("#year-list .name")).containsExactly("No store", "Store 7");

    browser.choose("#dimension", "product");
    assertThat(browser.texts("#outlier-rows tbody th button")).containsExactly("1");
    assertThat(browser.text("#item-title")).isEqualTo("Item 1");
  }

  @Test
  void hidesTheDimensionsForTheShopOnly() throws IOException {
    browser.show(MoneyResults.twoStores("EUR").pageIn(directory));
    browser.choose("#dimension", "");

    assertThat(browser.find("#volume").isDisplayed()).isTrue();
    assertThat(browser.find("#ratios").isDisplayed()).isFalse();
    assertThat(browser.find("#item").isDisplayed()).isFalse();
    browser.choose("#dimension", "store");
    assertThat(browser.text("#outliers-title")).isEqualTo("Stores that jump or collapse");
    browser.await("fortnight.charts.item.width > 300");
  }

  @Test
  void doesNotAddCurrencies() throws IOException {
    browser.show(MoneyResults.twoStores("USD", "EUR").pageIn(directory));
    browser.choose("#measure", "revenue");

    assertThat(browser.text("#volume h2")).isEqualTo("Revenue in USD per week");
    assertThat(browser.bars("volume")).containsExactly(1234.50, 1300.05);
    assertThat(browser.text("#currency-note")).contains("different currencies are not added");
    browser.choose("#currency", "0");
    assertThat(browser.text("#volume h2")).isEqualTo("Revenue in EUR per week");
    assertThat(browser.bars("volume")).containsExactly(1.00, 2.00);
    assertThat(browser.value("fortnight.rows.itemChanges")).isEmpty();
  }

  @Test
  void namesMonthsAndTheSameMonthOfTheYearBefore() throws IOException {
    browser.show(MoneyResults.months().pageIn(directory));

    assertThat(browser.text("#volume h2")).isEqualTo("Transactions per month");
    assertThat(browser.text("#change h2"))
        .isEqualTo("Change compared with the same month of the year before");
    assertThat(browser.bars("change")).containsExactly(null, null, null, 1.0, 0.5, 0.25);
    assertThat(browser.text("#whole-label")).isEqualTo("Only full months");
    browser.find("#change .chart").sendKeys(Keys.END);
    assertThat(browser.text("#change .readout"))
        .startsWith("March 2022: 150 after 120 transactions, +30, +25 %");
    assertThat(browser.value("fortnight.charts.volume.axes[0]._values"))
        .hasToString("[\"Jan\\n2021\",\"Feb\",\"Mar\",\"Jan\\n2022\",\"Feb\",\"Mar\"]");
    assertThat(browser.text("#jumps-why"))
        .contains("compared with the same month of the year before");
    assertThat(browser.value("fortnight.rows.itemChanges.map(row => row.previous)"))
        .hasToString("[0,0,0,10,20,30]");
  }

  @Test
  void namesTheDistanceOfWeeksOfTheYearBefore() throws IOException {
    browser.show(
        Results.none()
            .with(
                Analysis.VOLUME_CHANGE,
                List.of(comparison("2021-01-04", "2022-01-03", "2022-01-10", "4", "5")))
            .pageIn(directory));

    assertThat(browser.text("#change h2")).isEqualTo("Change compared with 364 days earlier");
    assertThat(browser.text("#change p"))
        .startsWith("Transactions, compared with those of the week 364 days earlier.");
  }

  @Test
  void showsNumbersBeyondALongExactly() throws IOException {
    String huge = "123456789012345678901234.56";
    browser.show(
        Results.none()
            .with(Analysis.WEEKLY_VOLUME, List.of(MoneyResults.shopWeek(3, 7, huge, "EUR")))
            .with(
                Analysis.REVENUE_CHANGE,
                List.of(
                    comparison(
                        "2021-12-27", "2022-01-03", "2022-01-10", "0.01", huge, "currency", "EUR")))
            .pageIn(directory));
    browser.choose("#measure", "revenue");

    assertThat(browser.table("volume", 4)).containsExactly(huge);
    assertThat(browser.texts("#sums dd")).contains("123,456,789,012,345,678,901,234.56");
    assertThat(browser.table("change", 3)).containsExactly("123456789012345678901234.55");
  }

  @Test
  void showsValuesAndCurrenciesAsText() throws IOException {
    String image = "<img src=x onerror=alert(1)>";
    String end = "</script><script>alert(2)</script>";
    browser.show(
        MoneyResults.twoStores(end, image)
            .with(
                Analysis.changeBy("store"),
                List.of(
                    comparison(
                        "2022-01-03",
                        "2022-01-10",
                        "2022-01-17",
                        "1",
                        "9",
                        "store",
                        image,
                        "currency",
                        end),
                    comparison(
                        "2022-01-03",
                        "2022-01-10",
                        "2022-01-17",
                        "1",
                        "9",
                        "store",
                        "(no store)",
                        "currency",
                        end)))
            .pageIn(directory));
    browser.choose("#dimension", "store");

    assertThat(browser.texts("#currency option")).containsExactly(end, image);
    assertThat(browser.texts("#outlier-rows tbody th button"))
        .containsExactly("\"(no store)\"", image);
    browser.choose("#measure", "revenue");
    assertThat(browser.text("#volume h2")).isEqualTo("Revenue in " + end + " per week");
    assertThat(browser.value("document.querySelectorAll('img, main script').length").intValue())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isAccessibleAndFitsAPhone(String scheme) throws IOException {
    browser.useColors(scheme);
    browser.resize(360, true);
    try {
      browser.show(MoneyResults.twoStores("EUR", "W".repeat(76)).pageIn(directory));
      browser.choose("#dimension", "store");
      browser.choose("#currency", "1");
      browser.choose("#measure", "revenue");

      assertThat(browser.value("document.documentElement.scrollWidth").intValue()).isEqualTo(360);
      assertThat(browser.accessibilityViolations()).isEmpty();
    } finally {
      browser.resize(1200, false);
      browser.useColors("light");
    }
  }
}
