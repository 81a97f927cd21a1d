package fortnight.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.report.rows.DimensionValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void areInTheOrderInWhichTheyWereAdded() {
    assertThat(Labels.NONE.and("window", "closed").and("currency", "EUR").text())
        .isEqualTo("window=\"closed\",currency=\"EUR\"");
  }

  @Test
  void escapeBackslashesQuotesAndLineFeeds() {
    assertThat(Labels.NONE.and("value", "a\\n\"b\"\nc{d}=e,ü\ud83d\ude00").text())
        .isEqualTo("value=\"a\\\\n\\\"b\\\"\\nc{d}=e,ü\ud83d\ude00\"");
  }

  @Test
  void distinguishTheTypesOfValues() {
    List<String> texts =
        List.of(
            text(new DimensionValue("", DimensionValue.Type.NULL)),
            text(new DimensionValue("null", DimensionValue.Type.STRING)),
            text(new DimensionValue("10", DimensionValue.Type.INTEGER)),
            text(new DimensionValue("10", DimensionValue.Type.STRING)),
            text(new DimensionValue("", DimensionValue.Type.STRING)));

    assertThat(texts)
        .containsExactly(
            "value=\"null\",value_type=\"null\"",
            "value=\"null\",value_type=\"string\"",
            "value=\"10\",value_type=\"integer\"",
            "value=\"10\",value_type=\"string\"",
            "value=\"\",value_type=\"string\"");
  }

  @Test
  void shortenLongValuesAndKeepThemDistinct() {
    String kept = "x".repeat(Labels.MAX_LENGTH);
    String million = "x".repeat(1_000_000);

    assertThat(Labels.NONE.and("v", kept).text()).isEqualTo("v=\"" + kept + "\"");
    assertThat(Labels.NONE.and("v", million).text())
        .matches("v=\"" + kept + "… [0-9a-f-]{36}\"")
        .isNotEqualTo(Labels.NONE.and("v", million + "y").text());
  }

  @Test
  void replaceControlCharactersAndUnpairedSurrogates() {
    assertThat(Labels.NONE.and("v", "a\0b\rc\ud800d").text())
        .matches("v=\"a\ufffdb\ufffdc\ufffdd [0-9a-f-]{36}\"");
    assertThat(Labels.NONE.and("v", "\ud800").text())
        .isNotEqualTo(Labels.NONE.and("v", "\ud801").text());
  }

  private static String text(DimensionValue value) {
    return Labels.NONE.and(value).text();
  }
}
