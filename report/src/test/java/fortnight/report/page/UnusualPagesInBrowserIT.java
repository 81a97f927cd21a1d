package fortnight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fortnight.common.Analysis;
import fortnight.report.Results;
import fortnight.report.RowLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Pages of unusual runs, in a browser. */
class UnusualPagesInBrowserIT {
  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;

  @Test
  void showsIdsNamesAndDeadLettersAsText() throws IOException {
    String image = "<img src=x onerror=alert(1)>";
    String end = "</script><script>alert(2)</script>";
    String huge = "123456789012345678901234567890";
    List<String> rows = new ArrayList<>();
    for (String id : List.of("\"" + image + "\"", "\"" + end + "\"", huge, "10", "\"10\"")) {
      rows.add(
          "{\"previous_start\":\"2022-01-03T00:00:00\",\"current_start\":\"2022-01-10T00:00:00\","
              + "\"current_end\":\"2022-01-17T00:00:00\",\"item_id\":"
              + id
              + ",\"previous\":1,\"current\":8,\"change\":7,\"ratio\":8.0,"
              + "\"pane\":\"ON_TIME\",\"version\":9}");
    }
    Results results =
        Results.none()
            .with(Analysis.PRODUCT_VOLUME_CHANGE, rows)
            .withCatalog(List.of("{\"item_id\":10,\"name\":\"<b>Ball</b>\"}"))
            .withDeadLetters(
                List.of(
                    "{\"reason\":\"<i>\",\"message\":\""
                        + image
                        + "\",\"source\":\""
                        + end
                        + "\",\"payload\":\"<!--"
                        + end
                        + "\"}"));

    browser.show(results.pageIn(directory));
    browser.click("#reasons summary");

    assertThat(browser.texts("#outlier-rows tbody th button"))
        .containsExactlyInAnyOrder(image, end, huge, "<b>Ball</b>", "\"10\"");
    assertThat(browser.text("#jumps-why")).contains(image);
    assertThat(browser.text("#reasons")).contains("<i>", image, "<!--" + end);
    assertThat(
            browser.value("document.querySelectorAll('img, b, i, main script').length").intValue())
        .isZero();
  }

  @Test
  void findsEveryIdByItsLabel() throws IOException {
    browser.show(pageOfIds().pageIn(directory));

    assertThat(browser.value(Ids.TITLES_OF_CHOICES))
        .extracting(JsonNode::textValue)
        .isEqualTo(Ids.LABELS.stream().map(label -> "Item " + label).toList());
    for (String typed : List.of("ABC", "abc", "10", "\"10\"", "a b")) {
      browser.type("#lookup", typed + Keys.TAB);
      assertThat(browser.find("#item-title").getDomProperty("textContent"))
          .isEqualTo("Item " + typed);
    }
    browser.type("#lookup", " abc" + Keys.TAB);
    assertThat(browser.text("#item-title")).isEqualTo("Item \" abc\"");
    assertThat(browser.texts("#outlier-rows tbody th button"))
        .containsExactlyInAnyOrderElementsOf(Ids.LABELS);
  }

  @Test
  void isolatesTheWritingDirectionOfIds() throws IOException {
    String turning = "\\u2069\\u202e\u05d0";
    browser.show(
        pageOfIds()
            .withCatalog(
                List.of(
                    "{\"item_id\":10,\"name\":\"" + turning + " name\"}",
                    "{\"item_id\":\"\u05d0\u05d1\u05d2\",\"name\":\"Ball\"}"))
            .withDeadLetters(List.of(RowLines.letter("BAD_ID", turning, turning, turning)))
            .pageIn(directory));
    browser.type("#above", "1.5");
    browser.type("#filter", "\u05d0");

    assertThat(browser.texts("#outliers-count bdi")).containsExactly("\u05d0");
    assertThat(browser.value(Ids.TURNED)).isEmpty();
    browser.type("#lookup", "\u05d0\u05d1\u05d2" + Keys.TAB);
    assertThat(browser.texts("#item-volume figcaption bdi")).containsExactly("\u05d0\u05d1\u05d2");
    assertThat(browser.value(Ids.TURNED)).isEmpty();
    assertThat(browser.value(Ids.HAS_DIRECTIONS).booleanValue()).isFalse();
  }

  @Test
  void fitsAPhoneWithALongId() throws IOException {
    String long76 = "W".repeat(76);
    browser.resize(360, true);
    try {
      browser.show(
          pageOfIds()
              .withCatalog(List.of("{\"item_id\":10,\"name\":\"" + long76 + "\"}"))
              .withDeadLetters(List.of(RowLines.letter(long76, long76, long76, long76)))
              .pageIn(directory));
      browser.type("#filter", long76);
      for (String id : List.of(long76, "10")) {
        browser.type("#lookup", id + Keys.TAB);
        assertThat(browser.text("#item-title")).endsWith(long76);
        assertThat(browser.value("document.documentElement.scrollWidth").intValue()).isEqualTo(360);
      }
    } finally {
      browser.resize(1200, false);
    }
  }

  private static Results pageOfIds() {
    return Results.none()
        .with(
            Analysis.PRODUCT_VOLUME_CHANGE,
            Ids.JSON.stream().map(id -> RowLines.change(10, id, 1, 8, "ON_TIME")).toList());
  }

  @Test
  void namesAnalysesThatWereNotComputed() throws IOException {
    Results results = Results.none();
    for (Analysis analysis : Results.ANALYSES) {
      results = results.without(analysis);
    }
    browser.show(
        results
            .with(Analysis.VOLUME_CHANGE, Results.sample().rows().get(Analysis.VOLUME_CHANGE))
            .pageIn(directory));

    assertThat(browser.text("#volume")).contains("did not compute weekly-volume");
    assertThat(browser.text("#ratios")).contains("did not compute product-volume-change");
    assertThat(browser.text("#outliers")).contains("did not compute product-volume-change");
    assertThat(browser.text("#steady")).isEqualTo("Not computed");
    assertThat(browser.bars("change")).hasSize(10);
  }

  @Test
  void drawsAnItemFromItsChangesWithoutItsVolumes() throws IOException {
    browser.show(Results.sample().without(Analysis.PRODUCT_VOLUME).pageIn(directory));

    assertThat(browser.text("#item")).contains("did not compute product-volume;");
    browser.type("#lookup", "Dog Leash (1)" + Keys.TAB);
    List<Double> units = new ArrayList<>();
    for (JsonNode row : Results.sample().of(Analysis.PRODUCT_VOLUME_CHANGE)) {
      if (row.get("item_id").asText().equals("1")) {
        units.add(row.get("current").doubleValue());
      }
    }
    assertThat(browser.bars("item")).isEqualTo(units);
  }

  @Test
  void isNotSteadyWithWeeksWithoutSales() throws IOException {
    browser.show(Results.example("three-silent-weeks").pageIn(directory));

    assertThat(browser.text("#steady")).isEqualTo("No, there were weeks without sales");
    assertThat(browser.text("#steady-why")).startsWith("Nothing was sold in 3 weeks");
  }

  @Test
  void reportsThatThereAreNoRows() throws IOException {
    browser.show(Results.none().pageIn(directory));

    assertThat(browser.text("#no-rows")).startsWith("This run has no rows");
    assertThat(browser.text("#steady")).isEqualTo("Not enough data");
    assertThat(browser.text("#rejected-note")).startsWith("None");
  }

  @Test
  void showsMalformedRowsBesideTheOthers() throws IOException {
    Results sample = Results.sample();
    List<String> lines = new ArrayList<>(sample.rows().get(Analysis.WEEKLY_VOLUME));
    lines.add(3, "{\"window_start\":\"2022-10-24T00");

    browser.show(sample.with(Analysis.WEEKLY_VOLUME, lines).pageIn(directory));
    browser.click("#malformed summary");

    assertThat(browser.text("#malformed"))
        .contains("1 row is malformed", "weekly-volume: 1", "Line 4: not JSON", "2022-10-24T00");
    assertThat(browser.bars("volume")).hasSize(10);
  }

  @Test
  void showsRejectedRecordsByReason() throws IOException {
    List<String> letters =
        Stream.of("malformed-json", "bad-id", "missing-field")
            .flatMap(UnusualPagesInBrowserIT::lettersOf)
            .toList();
    Map<String, Integer> counts = new TreeMap<>();
    for (String letter : letters) {
      counts.merge(letter.replaceFirst("\\{\"reason\":\"(\\w+)\".*", "$1"), 1, Integer::sum);
    }

    browser.show(Results.sample().withDeadLetters(letters).pageIn(directory));

    Map<String, Integer> shown = new TreeMap<>();
    List<String> reasons = browser.texts("#reasons .reason");
    List<String> numbers = browser.texts("#reasons .count");
    for (int i = 0; i < reasons.size(); i++) {
      shown.put(reasons.get(i), Integer.valueOf(numbers.get(i)));
    }
    assertThat(shown).isEqualTo(counts);
    assertThat(browser.texts("#reasons pre")).anyMatch(text -> text.contains("transaction_id"));
  }

  private static Stream<String> lettersOf(String example) {
    try {
      return Results.example(example).deadLetters().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
