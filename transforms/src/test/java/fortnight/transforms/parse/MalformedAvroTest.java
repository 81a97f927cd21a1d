package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.MALFORMED_AVRO;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.parse.AvroMessages.message;
import static fortnight.transforms.parse.AvroMessages.parser;
import static fortnight.transforms.parse.AvroMessages.record;
import static fortnight.transforms.parse.AvroMessages.rejection;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Payload;
import fortnight.transforms.avro.AvroData;
import fortnight.transforms.avro.MalformedAvroException;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that do not match their schema are rejected, whatever they are. In schemas, ' is ". */
@Timeout(60)
class MalformedAvroTest {
  private static final int FUZZ_RUNS = Boolean.getBoolean("long") ? 1_000_000 : 50_000;

  private static final RecordFormat SALES =
      RecordFormat.parse(
          "id=id,time=at,customer=customer,item=lines[].sku,quantity=lines[].qty,records=avro");

  private static final Schema SALE =
      AvroMessages.schema(
          "{'type': 'record', 'name': 'Sale', 'fields': [{'name': 'id', 'type': 'long'},"
              + "{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},"
              + "{'name': 'customer', 'type': ['null', 'string', 'int']},"
              + "{'name': 'total', 'type': {'type': 'fixed', 'name': 'Money', 'size': 4,"
              + " 'logicalType': 'decimal', 'precision': 9, 'scale': 2}},"
              + "{'name': 'attributes', 'type': {'type': 'map', 'values': ['null', 'boolean',"
              + " 'float', 'double', 'bytes', {'type': 'enum', 'name': 'E',"
              + " 'symbols': ['A', 'B']}]}},"
              + "{'name': 'lines', 'type': {'type': 'array', 'items': {'type': 'record',"
              + " 'name': 'Line', 'fields': [{'name': 'sku', 'type': 'string'},"
              + " {'name': 'qty', 'type': 'int'}]}}}]}");

  @Test
  void acceptsOrRejectsMutatedMessages() throws MalformedAvroException {
    TransactionParser parser = parser(SALES, SALE);
    List<byte[]> data =
        IntStream.range(0, 200).mapToObj(seed -> AvroMessages.encoded(SALE, random(seed))).toList();
    Random random = new Random(2023);
    int accepted = 0;
    int rejected = 0;
    for (int run = 0; run < FUZZ_RUNS; run++) {
      byte[] datum = data.get(random.nextInt(data.size()));
      Payload message = message(run % 20 == 0 ? datum : mutated(datum, random));
      try {
        parser.parse(message);
        accepted++;
      } catch (Rejection e) {
        rejected++;
      }
    }

    assertThat(accepted + rejected).isEqualTo(FUZZ_RUNS);
    assertThat(accepted).isGreaterThan(FUZZ_RUNS / 20);
    assertThat(rejected).isGreaterThan(FUZZ_RUNS / 20);
  }

  /** Returns random values, and a time that is accepted. */
  private static GenericRecord random(int seed) {
    GenericRecord sale = (GenericRecord) new RandomData(SALE, 1, seed).iterator().next();
    sale.put("at", 1_672_650_000_000L + seed);
    return sale;
  }

  private static byte[] mutated(byte[] datum, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = random.nextInt(datum.length + 1);
    int until = Math.min(datum.length, from + 1 + random.nextInt(3));
    out.write(datum, 0, from);
    switch (random.nextInt(5)) {
      case 0 -> from = until; // Delete.
      case 1 -> out.write(random.nextInt(256)); // Insert.
      case 2 -> { // Flip a bit.
        if (from < datum.length) {
          out.write(datum[from] ^ (1 << random.nextInt(8)));
          from++;
        }
      }
      case 3 -> { // Replace by a large number.
        byte[] large = new byte[1 + random.nextInt(10)];
        Arrays.fill(large, (byte) 0xff);
        large[large.length - 1] &= 0x7f;
        out.writeBytes(large);
        from = until;
      }
      default -> out.write(datum, from, until - from); // Duplicate.
    }
    out.write(datum, from, datum.length - from);
    return out.toByteArray();
  }

  @Test
  void findsTheEndOfEachDatum() throws MalformedAvroException {
    for (int seed = 0; seed < 500; seed++) {
      byte[] datum = AvroMessages.encoded(SALE, random(seed));
      byte[] longer = Arrays.copyOf(datum, datum.length + 3);

      assertThat(AvroData.endOfDatum(SALE, longer, 0, longer.length)).isEqualTo(datum.length);
    }
  }

  @Test
  void rejectsEveryTruncatedMessage() {
    byte[] datum = AvroMessages.encoded(SALE, random(5));
    for (int length = 0; length < datum.length; length++) {
      Rejection rejection = rejection(SALES, SALE, message(Arrays.copyOf(datum, length)));

      assertThat(rejection).as("%d bytes", length).isNotNull();
      assertThat(rejection.reason()).isEqualTo(MALFORMED_AVRO);
    }
  }

  @Test
  void rejectsBytesAfterTheDatum() {
    byte[] datum = AvroMessages.encoded(SALE, random(5));

    assertThat(rejection(SALES, SALE, message(Arrays.copyOf(datum, datum.length + 2))))
        .hasMessage("record: does not match its schema: it has 2 more bytes at its end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // A length of 2^62, and of -1.
        "'string'; 80808080808080808001; a value of 4611686018427387904 bytes, of which 0 follow",
        "'bytes'; 01; a value of -1 bytes, of which 0 follow",
        "'string'; 02ff; text that is not UTF-8",
        "'long'; ffffffffffffffffffffff01; a number with more than ten bytes",
        "'int'; 8080808020; an int with more than 32 bits",
        "'boolean'; 02; a boolean that is neither 0 nor 1",
        "['null', 'int']; 04; the index 2, of 2 branches of a union",
        "['null', 'int']; 01; the index -1, of 2 branches of a union",
        "{'type': 'enum', 'name': 'E', 'symbols': ['A']}; 02; the index 1, of 1 symbols of an enum",
        "{'type': 'array', 'items': 'int'}; ffffffffffffffffff0100;"
            + " a block of -9223372036854775808 elements"
      })
  void rejectsImpossibleValues(String type, String hex, String message) {
    Schema schema = withField(type);

    assertThat(rejection(field(), schema, message(HexFormat.of().parseHex(hex))))
        .hasMessage("record: does not match its schema: it has " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // 2^62 elements without bytes, also in a field that is skipped.
        "{'type': 'array', 'items': 'null'}; 80808080808080808001",
        "{'type': 'array', 'items': {'type': 'record', 'name': 'N', 'fields': []}};"
            + " 80808080808080808001"
      })
  void limitsValuesWithoutBytes(String type, String hex) {
    byte[] datum = HexFormat.of().parseHex(hex);

    assertThat(rejection(field(), withField(type), message(datum)))
        .hasMessage("record: has more than 1048656 values");
    assertThat(rejection(SALES, withField(type), message(datum)))
        .hasMessage("record: has more than 1048656 values");
  }

  @Test
  void limitsValuesOfASchemaThatDoublesThem() {
    StringBuilder schema = new StringBuilder("'null'");
    for (int i = 0; i < 60; i++) {
      String name = "'name': 'R" + i + "'";
      schema.insert(0, "{'type': 'record', " + name + ", 'fields': [{'name': 'a', 'type': ");
      schema.append("}, {'name': 'b', 'type': '").append(i == 0 ? "null" : "R" + (i - 1));
      schema.append("'}]}");
    }

    assertThat(rejection(field(), AvroMessages.schema(schema.toString()), message(new byte[0])))
        .hasMessage("record: has more than 1048576 values");
  }

  @Test
  void limitsTheDepthOfARecursiveSchema() {
    Schema schema =
        AvroMessages.schema(
            "{'type': 'record', 'name': 'R', 'fields': [{'name': 'v', 'type': ['null', 'R']}]}");
    byte[] deep = new byte[1 << 19];
    Arrays.fill(deep, (byte) 2);

    assertThat(rejection(field(), schema, message(deep)))
        .hasMessage("record: is nested more than 500 levels deep");
  }

  @Test
  void limitsTheDigitsOfADecimal() {
    Schema schema =
        withField("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9000, 'scale': 0}");
    byte[] digits = new byte[1 << 19];
    Arrays.fill(digits, (byte) 7);
    byte[] datum = AvroMessages.encoded(record(schema, Map.of("v", ByteBuffer.wrap(digits))));

    assertThat(rejection(field(), schema, message(datum)))
        .hasMessage("record: has a decimal of 524288 bytes; a decimal has 1 to 415");
    assertThat(rejection(field(), schema, message(new byte[] {0})))
        .hasMessage("record: has a decimal of 0 bytes; a decimal has 1 to 415");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "00000012 | does not begin with a zero byte and the id of a schema; use a serializer that"
            + " registers schemas",
        "7b7d | does not begin with a zero byte and the id of a schema; it can be JSON: use"
            + " records: json",
        "c3010000000000 | does not begin with a zero byte and the id of a schema; it has Avro's"
            + " single-object encoding, which is not supported: use a serializer that registers"
            + " schemas",
        "00ffffffff02 | has the schema id -1, which is negative",
        "000000000702 | has the schema id 7"
      })
  void rejectsMessagesWithoutAKnownSchema(String hex, String message) {
    Rejection rejection =
        rejection(SALES, SALE, Payload.of("t/0/", 0, HexFormat.of().parseHex(hex)));

    assertThat(rejection).hasMessage("record: " + message);
    assertThat(rejection.reason()).isEqualTo(MALFORMED_AVRO);
  }

  @Test
  void rejectsIdsWithoutARegistry() {
    TransactionParser parser =
        new TransactionParser(SALES, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

    assertThat(
            catchThrowableOfType(
                Rejection.class,
                () -> parser.parse(Payload.of("t/0/", 0, new byte[] {0, 0, 0, 0, 7, 2}))))
        .hasMessage("record: has the schema id 7, and there is no schema registry");
  }

  @Test
  void shortensTheMessageAboutALongSchema() {
    String schema = "{\"doc\": \"" + "x".repeat(10_000) + "\"}";
    Payload record = Payload.of("a.avro:", 0, "").withPreamble(schema.getBytes(UTF_8));

    assertThat(rejection(SALES, SALE, record).getMessage())
        .startsWith("record: has a schema that is not valid: No type: {\"doc\":\"xxx")
        .endsWith("xxx…")
        .hasSizeLessThan(400);
  }

  @Test
  void rejectsSchemasThatAreNoRecords() {
    assertThat(rejection(SALES, AvroMessages.schema("'int'"), message(new byte[] {2})))
        .hasMessage("record: is of the type int, and not an Avro record");
  }

  @Test
  void namesAvroInRecordsThatAreReadAsJson() {
    TransactionParser json =
        new TransactionParser(
            RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

    assertThat(
            catchThrowableOfType(
                Rejection.class, () -> json.parse(message(AvroMessages.encoded(SALE, random(5))))))
        .hasMessage(
            "record: not JSON; it begins like Avro with the id of a schema: use records: avro and"
                + " --schemaRegistry")
        .extracting(Rejection::reason)
        .isEqualTo(MALFORMED_JSON);
  }

  @Test
  void readsRecordsOfAFileWithTheSchemaInTheirPreamble() throws Rejection {
    Payload record =
        Payload.of("f:", 0, AvroMessages.encoded(SALE, random(5)))
            .withPreamble(SALE.toString().getBytes(UTF_8));
    TransactionParser parser = parser(SALES, AvroMessages.schema("'int'"));

    assertThat(parser.parse(record).timestamp().getMillis()).isEqualTo(1_672_650_000_005L);
    assertThat(parser.isBlank(Payload.of("t/0/", 0, new byte[0]))).isTrue();
    assertThat(parser.isBlank(Payload.of("f:", 0, " ").withPreamble(new byte[] {1}))).isFalse();
  }

  private static RecordFormat field() {
    return RecordFormat.parse("id=none,time=v,item=v,records=avro");
  }

  private static Schema withField(String type) {
    return AvroMessages.schema(
        "{'type': 'record', 'name': 'R', 'fields': [{'name': 'v', 'type': " + type + "}]}");
  }
}
