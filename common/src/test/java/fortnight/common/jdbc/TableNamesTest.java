package fortnight.common.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "weekly-volume",
        "volume-change",
        "revenue-change",
        "weekly-customers",
        "customer-change",
        "outliers",
        "dead-letters",
        "product-volume",
        "product-revenue-change",
        "payment_method-volume",
        "payment_method-volume-change",
        "a_volume-revenue-change",
        "volume-volume-change"
      })
  void aNameHasOneTitle(String title) {
    assertThat(TableNames.titleOf(TableNames.nameOf(title))).contains(title);
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
