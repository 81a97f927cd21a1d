package fortnight.pipelines.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.rows.JsonObject;
import fortnight.transforms.Id;
import org.junit.jupiter.api.Test;

class RowKeyTest {
  @Test
  void distinguishesIntegersStringsAndNull() {
    assertThat(key(Id.ofInteger(7))).isEqualTo("7");
    assertThat(key(Id.ofString("7"))).isEqualTo("\"7\"");
    assertThat(key(Id.NULL)).isEqualTo("null");
    assertThat(key(Id.ofString("null"))).isEqualTo("\"null\"");
    assertThat(key(Id.ofString("sha256:00"))).isEqualTo("\"sha256:00\"");
  }

  @Test
  void escapesWhatPostgresDoesNotStore() {
    assertThat(key(Id.ofString("a\0b"))).isEqualTo("\"a\\u0000b\"");
    assertThat(key(Id.ofString("\ud83d"))).isEqualTo("\"\\ud83d\"");
    assertThat(key(Id.ofString("\udca9\ud83d"))).isEqualTo("\"\\udca9\\ud83d\"");
    assertThat(key(Id.ofString("💩"))).isEqualTo("\"💩\"");
    assertThat(key(Id.ofString("\\u0000"))).isEqualTo("\"\\\\u0000\"");
  }

  @Test
  void isAHashOfLongValues() {
    String text = "ä".repeat(249);

    assertThat(key(Id.ofString(text))).isEqualTo('"' + text + '"');
    assertThat(key(Id.ofString(text + "a"))).hasSize(71).startsWith("sha256:");
    assertThat(key(Id.ofString(text + "a"))).isNotEqualTo(key(Id.ofString(text + "b")));
  }

  @Test
  void readableTextsHaveReplacements() {
    assertThat(RowKey.readable("a\0b\ud83dc")).isEqualTo("a\ufffdb\ufffdc");
    assertThat(RowKey.readable("💩")).isEqualTo("💩");
  }

  private static String key(Id id) {
    return RowKey.of(JsonObject.text(id));
  }
}
