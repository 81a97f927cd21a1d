package fortnight.common.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamesTest {
  @ParameterizedTest
  @MethodSource("titles")
  void aNameHasOneTitle(String title) {
    assertThat(TableNames.titleOf(TableNames.nameOf(title))).contains(title);
  }

  static Stream<String> titles() {
    List<String> dimensions = List.of("payment_method", "a_volume", "volume", "revenue_change");
    return Stream.concat(
        Stream.of(Analysis.DEAD_LETTERS),
        Stream.concat(Analysis.present(true, dimensions).stream(), Analysis.onRequest().stream())
            .map(Analysis::title));
  }

  @Test
  void theNameHasUnderscores() {
    assertThat(TableNames.nameOf("payment_method-volume-change"))
        .isEqualTo("payment_method_volume_change");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders",
        "volume",
        "_volume",
        "Store_volume",
        "fortnight_staging_0a",
        "store-volume",
        "weekly-volume",
        "dead-letters"
      })
  void otherTablesHaveNone(String name) {
    assertThat(TableNames.titleOf(name)).isEmpty();
  }

  @Test
  void namesInSqlAreQuoted() {
    assertThat(TableNames.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
  }
}
