package fortnight.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {

  @Test
  void keepsTheTextUnchanged() {
    DeadLetter letter = letterOf(Payload.of("f:", 9, "{\"ä\" 🛒}\r"));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                RejectReason.MALFORMED_JSON, "why", "f:", 9, "{\"ä\" 🛒}\r", false, false));
    assertThat(letter.source()).isEqualTo("f:9");
  }

  @Test
  void keepsOnlyItsPartOfASharedArray() {
    DeadLetter letter = letterOf(new Payload("f:", 9, "one,two".getBytes(UTF_8), 4, 3, 3));

    assertThat(letter.payload()).isEqualTo("two");
  }

  @Test
  void encodesInvalidUtf8AsBase64() {
    DeadLetter letter = letterOf(Payload.of("f:", 9, new byte[] {'{', (byte) 0xFC, '}'}));

    assertThat(letter.payload()).isEqualTo("e/x9");
    assertThat(letter.base64()).isTrue();
  }

  @Test
  void encodesARecordThatEndsInsideACharacterAsBase64() {
    DeadLetter letter = letterOf(Payload.of("f:", 9, new byte[] {'a', (byte) 0xC3}));

    assertThat(letter.payload()).isEqualTo("YcM=");
    assertThat(letter.base64()).isTrue();
  }

  @Test
  void keepsTheFirst64KibibytesOfATooLargeRecord() {
    Payload tooLarge = Payload.of("f:", 9, "x".repeat(Payload.MAX_SIZE + 1));

    DeadLetter letter = letterOf(tooLarge);

    assertThat(letter.payload()).isEqualTo("x".repeat(64 * 1024));
    assertThat(tooLarge.size()).isEqualTo(Payload.MAX_SIZE + 1);
  }

  @ParameterizedTest
  @CsvSource({"ä, 1", "日, 1", "日, 2", "🛒, 1", "🛒, 2", "🛒, 3"})
  void truncatesATooLargeRecordBetweenCharacters(String character, int bytesKeptOfCharacter) {
    String whole = "x".repeat(Payload.KEPT_OF_TOO_LARGE - bytesKeptOfCharacter);

    DeadLetter letter = letterOf(tooLarge((whole + character).getBytes(UTF_8)));

    assertThat(letter.payload()).isEqualTo(whole);
    assertThat(letter.base64()).isFalse();
  }

  @Test
  void encodesATooLargeRecordInInvalidUtf8AsBase64() {
    byte[] bytes = new byte[Payload.KEPT_OF_TOO_LARGE];
    Arrays.fill(bytes, (byte) 0xFF);

    DeadLetter letter = letterOf(tooLarge(bytes));

    assertThat(letter.payload()).hasSize((64 * 1024 + 2) / 3 * 4).startsWith("////");
    assertThat(letter.base64()).isTrue();
  }

  private static Payload tooLarge(byte[] beginning) {
    int kept = Math.min(beginning.length, Payload.KEPT_OF_TOO_LARGE);
    return new Payload("f:", 9, beginning, 0, kept, Payload.MAX_SIZE + 1);
  }

  private static DeadLetter letterOf(Payload payload) {
    return DeadLetter.of(payload, RejectReason.MALFORMED_JSON, "why");
  }
}
