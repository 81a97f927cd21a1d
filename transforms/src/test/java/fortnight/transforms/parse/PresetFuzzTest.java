package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the fast path and Jackson agree on mutated records of each preset, and on those of
 * formats with amounts and dimensions.
 */
class PresetFuzzTest {
  private static final int RUNS = Boolean.getBoolean("long") ? 250_000 : 15_000;

  private static final String SIGNIFICANT = "{}[]\",:\\ \t\r\n-+.eE0123456789TZnulltrue\0";

  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-7",
          "-0",
          "01",
          "1.0",
          "1e3",
          "1.",
          "\"\"",
          "\"A-7\"",
          "\"é\"",
          "\"\\u0041\"",
          "\"\t\"",
          "\"2\"",
          "\"2.5\"",
          "12.5",
          "12.50",
          "12.505",
          "-0.01",
          "\"12,50\"",
          "\"-0.00\"",
          "\".5\"",
          "9999999999999",
          "90071992547409.92",
          "\"EUR\"",
          "null",
          "true",
          "{}",
          "[]",
          "[{}]",
          "{\"id\":1}",
          "nul",
          "\"2023-01-02T09:00:00Z\"",
          "1672650000",
          "\"1672650000000000\"",
          "\"COMPLETED\"");

  private static final List<String> FIELDS =
      List.of(
          "\"store\":17",
          "\"id\":5",
          "\"note\":\"a \\\"b\\\" \\u00e9 é 🛒\"",
          "\"tags\":[1,{\"a\":[null,true]},-1.5e+3,\"\"]",
          "\"quantity\":1",
          "\"line_items\":[]",
          "\"properties\":{}",
          "\"customer\":null");

  private static final List<String> PURCHASES =
      List.of(
          "{\"id\":1,\"ts\":\"2023-01-02T09:00\",\"cur\":\"EUR\",\"store\":5,\"lines\":["
              + "{\"sku\":7,\"n\":2,\"p\":12.5,\"cat\":\"tea\"},"
              + "{\"sku\":8,\"n\":\"-1.25\",\"p\":\"0.99\",\"cat\":null}]}",
          "{\"lines\":[{\"p\":3,\"n\":1,\"sku\":\"x\"}],\"store\":\"a\",\"cur\":\"USD\",\"id\":2,"
              + "\"ts\":\"2023-01-02T10:00:00Z\"}",
          "{\"id\":3,\"ts\":\"2023-01-02T09:00\",\"cur\":\"EUR\",\"lines\":[]}");

  private static final List<String> SALES =
      List.of(
          "{\"id\":1,\"ts\":\"2023-01-02T09:00\",\"cur\":\"EUR\",\"n\":2,\"p\":700,\"store\":null}",
          "{\"p\":\"1250\",\"ts\":\"2023-01-02T09:00\",\"cur\":\"USD\",\"n\":\"-2\",\"id\":\"a\"}");

  private final Random random = new Random(2023);

  @ParameterizedTest
  @EnumSource(value = Preset.class, mode = EnumSource.Mode.EXCLUDE, names = "UCI")
  void agreesWithJackson(Preset preset) throws IOException {
    agreesWithJackson(preset.format(), records(preset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=id,time=ts,item=lines[].sku,quantity=lines[].n,quantityDecimals=2,price=lines[].p,"
            + "currency=cur,by.store=store,by.category=lines[].cat",
        "id=id,time=ts,item=lines[].sku,amount=lines[].p,priceDecimals=3,by.id=id"
      })
  void agreesWithJacksonOnAmountsAndDimensions(String format) {
    agreesWithJackson(RecordFormat.parse(format), PURCHASES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id=id,time=ts,item=\"all\",quantity=n,price=p,priceUnit=minor,currency=cur,by.store=store",
        "id=none,time=ts,item=id,quantity=n,price=\"1.5\",currency=\"EUR\",by.n=n,by.p=p"
      })
  void agreesWithJacksonOnAmountsOfFlatRecords(String format) {
    agreesWithJackson(RecordFormat.parse(format), SALES);
  }

  private void agreesWithJackson(RecordFormat format, List<String> records) {
    TransactionParser parser =
        new TransactionParser(format, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] record = mutated(records.get(random.nextInt(records.size())));
      ParsedRecord fast = parseFast(parser, record);
      if (fast != null) {
        accepted++;
        ParsedRecord judged = parseWithJackson(parser, record);
        if (!fast.equals(judged)) {
          throw new AssertionError(
              new String(record, UTF_8) + " was parsed as " + fast + ", not " + judged);
        }
      }
    }

    assertThat(accepted).isBetween(RUNS / 10, RUNS - RUNS / 10);
  }

  private static List<String> records(Preset preset) throws IOException {
    return Files.readAllLines(Path.of("..", "testdata", "formats", preset.title(), "input.jsonl"));
  }

  private byte[] mutated(String record) {
    String text = record;
    if (random.nextInt(3) == 0) {
      text = withReplacedValue(text);
    }
    if (random.nextInt(3) == 0) {
      text = withField(text);
    }
    byte[] bytes = text.getBytes(UTF_8);
    for (int left = random.nextInt(3); left > 0; left--) {
      bytes = mutated(bytes);
    }
    return bytes;
  }

  /** Replaces the value of a random key by another one. */
  private String withReplacedValue(String record) {
    int key = record.indexOf("\":", random.nextInt(record.length()));
    if (key < 0) {
      return record;
    }
    int end = key + 2;
    while (end < record.length() && ",}]".indexOf(record.charAt(end)) < 0) {
      end++;
    }
    return record.substring(0, key + 2)
        + VALUES.get(random.nextInt(VALUES.size()))
        + record.substring(end);
  }

  /** Inserts a field at the beginning of a random object, or after a random value. */
  private String withField(String record) {
    int brace = record.indexOf('{', random.nextInt(record.length()));
    int comma = record.indexOf(",\"", random.nextInt(record.length()));
    int at = random.nextBoolean() || comma < 0 ? brace : comma;
    return at < 0
        ? record
        : record.substring(0, at + 1)
            + FIELDS.get(random.nextInt(FIELDS.size()))
            + ","
            + record.substring(at + 1);
  }

  private byte[] mutated(byte[] record) {
    int from = random.nextInt(record.length + 1);
    int until = Math.min(record.length, from + 1 + random.nextInt(3));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(record, 0, from);
    switch (random.nextInt(6)) {
      case 0 -> { // Flip a bit.
        if (from < record.length) {
          out.write(record[from] ^ (1 << random.nextInt(8)));
          from++;
        }
      }
      case 1 -> out.write(pick()); // Insert.
      case 2 -> { // Replace.
        out.write(pick());
        from = until;
      }
      case 3 -> from = until; // Delete.
      case 4 -> { // Copy a part from elsewhere.
        int part = random.nextInt(record.length + 1);
        out.write(record, part, Math.min(record.length - part, random.nextInt(40)));
      }
      default -> out.write(record, from, until - from); // Duplicate.
    }
    out.write(record, from, record.length - from);
    return out.toByteArray();
  }

  private byte pick() {
    return (byte) SIGNIFICANT.charAt(random.nextInt(SIGNIFICANT.length()));
  }

  /** Parses a record between other bytes, which must not be read. */
  private @Nullable ParsedRecord parseFast(TransactionParser parser, byte[] record) {
    byte[] shared = new byte[record.length + 2];
    System.arraycopy(record, 0, shared, 1, record.length);
    shared[0] = pick();
    shared[record.length + 1] = pick();
    return parser.parseFast(new Payload("f:", 0, shared, 1, record.length, record.length));
  }

  private static @Nullable ParsedRecord parseWithJackson(TransactionParser parser, byte[] record) {
    try {
      return parser.parseWithJackson(Payload.of("f:", 0, record));
    } catch (Rejection e) {
      return null;
    }
  }
}
