package fortnight.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

  @Test
  void formatsItsSource() {
    assertThat(Payload.of("sales.jsonl:", 0, "x").source()).isEqualTo("sales.jsonl:0");
    assertThat(Payload.of("sales/3/", 1L << 40, "x").source()).isEqualTo("sales/3/1099511627776");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r", " \t\r", "\uFEFF", "\uFEFF \r"})
  void isBlankIfThereIsOnlyWhiteSpace(String text) {
    assertThat(Payload.of("f:", 0, text).isBlank()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " {", "\u00A0", " \uFEFF", "\0"})
  void isNotBlankOtherwise(String text) {
    assertThat(Payload.of("f:", 0, text).isBlank()).isFalse();
  }

  @Test
  void checksOnlyItsPartOfASharedArray() {
    byte[] shared = {'x', ' ', 'y'};

    Payload payload = new Payload("f:", 1, shared, 1, 1, 1);

    assertThat(payload.isBlank()).isTrue();
    assertThat(payload.bytes()).containsExactly(' ');
  }
}
