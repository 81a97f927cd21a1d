package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests that values of unknown fields are valid exactly if Jackson accepts them. */
class JsonValuesTest {
  private static final List<String> VALID =
      List.of(
          "0", "-0", "1", "-1", "10", "123456789012345678901234567890", "0.5", "-0.0", "1e5",
          "1E+5", "1e-5", "1.5e10", "1e400", "0e0", "1" + "0".repeat(1_000), "true", "false",
          "null", "\"\"", "\" \"", "\"a\"", "\"12345678\"", "\"1234567\\n\"", "\"\\\"\"",
          "\"\\\\\"", "\"\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\uABCD\\uabcd\"",
          "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"é\"", "\"日本語の長い文字列\"", "\"😀\"", "\"\u007f\"",
          "[]", "[ ]", "[1]", "[1 , 2]", "[[]]", "[[],[]]", "[{}]", "{}", "{ }", "{\"\":0}",
          "{\"a\":1,\"a\":2}", "{\"a\" : [ { } , \"\" ] }", "{\"transaction_id\":true}",
          "{\"\\u0061\":1}", "{\"é\":1}", "\n[\t1\r,\n2 ]\t", "[".repeat(60) + "]".repeat(60),
          "[".repeat(70) + "]".repeat(70), "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));

  private static final List<String> INVALID =
      List.of(
          "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e5", "0x1", "1_0", "1 2", "--1",
          "NaN", "Infinity", "-Infinity", "tru", "True", "truee", "nul", "nulll", "undefined",
          "\"", "\"a", "'a'", "\"\\x\"", "\"\\\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\U1234\"",
          "\"\t\"", "\"\n\"", "\"\u0000\"", "\"\u001f\"", "[", "]", "[1", "[1,]", "[,1]", "[,]",
          "[1,,2]", "[1 2]", "[1}", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}",
          "{,}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "{\"a\"::1}",
          "{null:1}", "[\"a\":1]", "/**/1", "1//", "#1", "\u00a01", "\ufeff1", "[\u000b]", "[\f]");

  /** Bytes that are not UTF-8, as characters of Latin-1. */
  private static final List<String> INVALID_UTF_8 =
      List.of(
          "\"\u00ff\"", "\"\u00e9\"", "\"\u00c0\u00af\"", "\"\u00ed\u00a0\u0080\"", "\"\u0080\"",
          "\"\u00e2\u0082\"", "\"\u00f4\u00bf\u00bf\u00bf\"", "{\"\u00ff\":1}");

  private final TransactionParser parser =
      new TransactionParser(
          RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

  @Test
  void acceptsValidValues() {
    assertThat(VALID).allMatch(value -> isAccepted(record(value.getBytes(UTF_8))));
  }

  @Test
  void rejectsInvalidValues() {
    assertThat(INVALID).noneMatch(value -> isAccepted(record(value.getBytes(UTF_8))));
    assertThat(INVALID_UTF_8).noneMatch(value -> isAccepted(record(value.getBytes(ISO_8859_1))));
  }

  @Test
  void givesTheSameVerdictAmongOtherRecords() {
    byte[] ordinary = record("{\"a\": [1, \"b\"], \"c\": null}".getBytes(UTF_8));
    IntStream.range(0, 1_000).forEach(i -> isAccepted(ordinary));

    for (int round = 0; round < 2; round++) {
      acceptsValidValues();
      rejectsInvalidValues();
    }
  }

  /** Compares with Jackson on every file of the directory {@code -Djson.cases=DIR}. */
  @Test
  @EnabledIfSystemProperty(named = "json.cases", matches = ".+")
  void agreesWithJacksonOnFiles() throws IOException {
    List<String> differences = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("json.cases")))) {
      for (Path file : files.sorted().toList()) {
        byte[] record = record(Files.readAllBytes(file));
        boolean isAccepted = isAccepted(record);
        for (int i = 0; i < 1_000; i++) {
          isAccepted(record("1".getBytes(UTF_8)));
        }
        if (isAccepted != isAcceptedByJackson(record) || isAccepted != isAccepted(record)) {
          differences.add(file.toString());
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** The same field is in the record, and in its line item. */
  private static byte[] record(byte[] value) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes("{\"transaction_id\":1,\"x\":".getBytes(UTF_8));
    record.writeBytes(value);
    record.writeBytes(
        ",\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[{\"item_id\":1,\"x\":".getBytes(UTF_8));
    record.writeBytes(value);
    record.writeBytes(",\"quantity\":1}]}".getBytes(UTF_8));
    return record.toByteArray();
  }

  private boolean isAccepted(byte[] record) {
    try {
      return parser.parse(Payload.of("f:", 0, record)).transaction() != null;
    } catch (Rejection e) {
      return false;
    }
  }

  private boolean isAcceptedByJackson(byte[] record) {
    try {
      return parser.parseWithJackson(Payload.of("f:", 0, record)).transaction() != null;
    } catch (Rejection e) {
      return false;
    }
  }
}
