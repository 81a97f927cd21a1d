package fortnight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.common.Analysis;
import fortnight.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The controls of the page, in a browser. */
class ControlsInBrowserIT {
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;

  @Test
  void listsComparisonsOutsideTheThresholds() throws IOException {
    Results results = Results.sample();

    browser.show(results.pageIn(directory));
    browser.click("#whole");
    for (double[] limits : new double[][] {{7, 0.15}, {2, 0.5}, {1.25, 0}}) {
      browser.type("#above", Double.toString(limits[0]));
      browser.type("#below", Double.toString(limits[1]));

      List<String> beyond = new ArrayList<>();
      for (JsonNode row : results.of(Analysis.PRODUCT_VOLUME_CHANGE)) {
        double ratio = row.get("ratio").doubleValue();
        boolean isOut = !row.get("ratio").isNull() && (ratio > limits[0] || ratio < limits[1]);
        if (isOut) {
          beyond.add(
              row.get("item_id").asText()
                  + " "
                  + Instant.parse(row.get("current_start").textValue() + "Z").toEpochMilli());
        }
      }
      assertThat(browser.text("#outliers-count")).startsWith(beyond.size() + " comparison");
      assertThat(outliers()).containsExactlyInAnyOrderElementsOf(beyond);
    }
  }

  @Test
  void sortsByEachColumnBothWays() throws IOException {
    browser.show(Results.sample().pageIn(directory));
    browser.type("#above", "1.2");

    for (int column = 2; column <= 6; column++) {
      String head = "#outlier-rows th:nth-child(" + column + ")";
      browser.click(head + " button");
      List<Double> once = browser.numbers(column);
      String order = browser.find(head).getDomAttribute("aria-sort");
      browser.click(head + " button");

      assertThat(once).hasSizeGreaterThan(5);
      assertThat(once)
          .isSortedAccordingTo(
              (a, b) -> order.equals("ascending") ? a.compareTo(b) : b.compareTo(a));
      assertThat(browser.numbers(column))
          .isEqualTo(
              once.stream()
                  .sorted((a, b) -> order.equals("ascending") ? b.compareTo(a) : a.compareTo(b))
                  .toList());
    }
  }

  @Test
  void filtersByIdAndByName() throws IOException {
    browser.show(Results.sample().pageIn(directory));
    browser.type("#above", "1.01");

    browser.type("#filter", "LEASH");
    assertThat(browser.texts("#outlier-rows tbody th button")).containsOnly("Dog Leash");

    browser.type("#filter", "nothing of this name");
    assertThat(browser.text("#outliers-count")).startsWith("0 comparisons");
  }

  @Test
  void showsTheYearOfAnItemOnAClick() throws IOException {
    Results results = Results.sample();
    browser.show(results.pageIn(directory));
    browser.type("#above", "1.01");
    browser.type("#filter", "harness");

    browser.click("#outlier-rows tbody td:nth-child(3)");

    List<Double> units = new ArrayList<>();
    for (JsonNode row : results.of(Analysis.PRODUCT_VOLUME)) {
      if (row.get("item_id").asText().equals("2")) {
        units.add(row.get("units").doubleValue());
      }
    }
    assertThat(browser.text("#item-title")).isEqualTo("Dog Harness");
    assertThat(browser.bars("item")).containsExactlyElementsOf(units);
    assertThat(browser.table("item-volume", 1))
        .filteredOn(text -> !text.equals("null")) // a week without sales
        .map(Double::valueOf)
        .isEqualTo(units);
  }

  @Test
  void showsTheYearOfAnItemByTheKeyboard() throws IOException {
    browser.show(Results.sample().pageIn(directory));
    browser.type("#above", "1.01");
    browser.type("#filter", "harness");

    browser.find("#outlier-rows tbody button").sendKeys(Keys.ENTER);
    assertThat(browser.text("#item-title")).isEqualTo("Dog Harness");

    browser.type("#lookup", "Dog Leash (1)" + Keys.TAB);
    assertThat(browser.text("#item-title")).isEqualTo("Dog Leash");

    browser.find("#volume .chart").sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
    assertThat(browser.text("#volume .readout"))
        .isEqualTo("10 Oct 2022 – 16 Oct 2022: 2,010 transactions, 6,277 line items, 8,795 units");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isAccessible(String scheme) throws IOException {
    browser.useColors(scheme);
    try {
      browser.show(Results.sample().pageIn(directory));

      assertThat(browser.accessibilityViolations()).isEmpty();
    } finally {
      browser.useColors("light");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void fitsAPhone(String scheme) throws IOException {
    browser.useColors(scheme);
    browser.resize(360, true);
    try {
      browser.show(Results.sample().pageIn(directory));

      assertThat(browser.value("document.documentElement.scrollWidth").intValue()).isEqualTo(360);
      assertThat(browser.value("fortnight.charts.volume.width").intValue()).isLessThan(360);
    } finally {
      browser.resize(1200, false);
      browser.useColors("light");
    }
  }

  private static List<String> outliers() throws IOException {
    List<String> shown = new ArrayList<>();
    browser.run("document.getElementById('more').click()");
    browser
        .value(
            "[...document.querySelectorAll('#outlier-rows tbody tr')]"
                + ".map(row => row.dataset.item + ' ' + row.cells[2].dataset.value)")
        .forEach(value -> shown.add(value.asText()));
    return shown;
  }
}
