package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.rows.DeadLetterRow;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.RejectReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDeadLetterTest {
  @Test
  void readsLostOffsetsWithoutAPayload() {
    DeadLetter lost =
        new DeadLetter(RejectReason.LOST_OFFSETS, "gone", "sales/0/", 7, "", false, false);
    String json = new DeadLetterRow(lost).json();

    StoredDeadLetter read = StoredDeadLetter.parse(json.getBytes(UTF_8)).orElseThrow();

    assertThat(json)
        .isEqualTo("{\"reason\":\"LOST_OFFSETS\",\"message\":\"gone\",\"source\":\"sales/0/7\"}");
    assertThat(read.reason()).isEqualTo(RejectReason.LOST_OFFSETS);
    assertThat(read.bytes()).isEmpty();
  }

  @Test
  void readsTheBytesThatThePipelineRejected() {
    String payload = "\uFEFF{\"customer_id\": \"Zoë \\u00eb 🐕\u2028\",\t\"a\\b\"\u0000\r";
    DeadLetter letter =
        new DeadLetter(RejectReason.BAD_ID, "no", "sales/0/", 7, payload, false, true);

    StoredDeadLetter read = parse(new DeadLetterRow(letter).json()).orElseThrow();

    assertThat(read.reason()).isEqualTo(RejectReason.BAD_ID);
    assertThat(read.source()).isEqualTo("sales/0/7");
    assertThat(read.redriven()).isTrue();
    assertThat(read.bytes()).isEqualTo(payload.getBytes(UTF_8));
  }

  @Test
  void decodesBase64() {
    StoredDeadLetter letter = parse(letter("\"payload_base64\":\"//4=\"")).orElseThrow();

    assertThat(letter.bytes()).isEqualTo(new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(letter.redriven()).isFalse();
  }

  @Test
  void readsTheSchemaOfARecordOfAnAvroFile() {
    DeadLetter letter =
        new DeadLetter(RejectReason.BAD_ID, "no", "a.avro:", 7, "", false, true)
            .withSchema("{\"type\": \"record\"}");
    String json = new DeadLetterRow(letter).json();

    assertThat(json)
        .isEqualTo(
            "{\"reason\":\"BAD_ID\",\"message\":\"no\",\"source\":\"a.avro:7\",\"payload\":\"\","
                + "\"schema\":\"{\\\"type\\\": \\\"record\\\"}\",\"redriven\":true}");
    assertThat(parse(json)).flatMap(StoredDeadLetter::schema).contains(letter.schema());
    assertThat(parse(letter("\"payload\":\"x\"")).orElseThrow().schema()).isEmpty();
  }

  @Test
  void copiesItsBytesAnyNumberOfTimes() {
    StoredDeadLetter letter = parse(letter("\"payload\":\"x\"")).orElseThrow();

    assertThat(letter.bytes()).isEqualTo(letter.bytes()).hasSize(1);
  }

  @Test
  void ignoresFieldsOfLaterVersions() {
    assertThat(parse(letter("\"payload\":\"x\",\"by\":{\"payload\":\"y\"},\"n\":[1]")))
        .map(letter -> new String(letter.bytes(), UTF_8))
        .contains("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sold out",
        "[]",
        "{}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\"}",
        "{\"reason\":\"BAD_ID\",\"payload\":\"x\"}",
        "{\"reason\":\"BAD_DAY\",\"source\":\"sales/0/7\",\"payload\":\"x\"}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload\":7}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload\":\"\\ud83d\"}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload_base64\":\"?\"}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload\":\"x\",\"payload_base64\":\"\"}",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload\":\"x\"",
        "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\",\"payload\":\"x\"} {}",
        "{\"sent_back\":\"sales/0/7\"}"
      })
  void rejectsMissingAndWrongFields(String json) {
    assertThat(parse(json)).isEmpty();
  }

  @Test
  void rejectsATombstone() {
    assertThat(StoredDeadLetter.parse(null)).isEmpty();
  }

  private static Optional<StoredDeadLetter> parse(String json) {
    return StoredDeadLetter.parse(json.getBytes(UTF_8));
  }

  private static String letter(String rest) {
    return "{\"reason\":\"BAD_ID\",\"source\":\"sales/0/7\"," + rest + "}";
  }
}
