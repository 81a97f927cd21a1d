package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.BAD_ID;
import static fortnight.transforms.RejectReason.BAD_QUANTITY;
import static fortnight.transforms.RejectReason.BAD_TIMESTAMP;
import static fortnight.transforms.RejectReason.MALFORMED_AVRO;
import static fortnight.transforms.RejectReason.MISSING_FIELD;
import static fortnight.transforms.Sales.at;
import static fortnight.transforms.parse.AvroMessages.message;
import static fortnight.transforms.parse.AvroMessages.parser;
import static fortnight.transforms.parse.AvroMessages.record;
import static fortnight.transforms.parse.AvroMessages.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Avro records have the transactions and the faults of JSON records. In schemas, ' is ". */
class AvroParsingTest {
  private static final Schema ORDER =
      AvroMessages.schema(
          "{'type': 'record', 'name': 'Order', 'fields': ["
              + "{'name': 'id', 'type': 'long'},"
              + "{'name': 'note', 'type': ['null', 'string'], 'default': null},"
              + "{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},"
              + "{'name': 'customer', 'type': ['null', {'type': 'record', 'name': 'Customer',"
              + " 'fields': [{'name': 'id', 'type': 'string'}]}], 'default': null},"
              + "{'name': 'tags', 'type': {'type': 'map', 'values': 'int'}, 'default': {}},"
              + "{'name': 'status', 'type': {'type': 'enum', 'name': 'Status',"
              + " 'symbols': ['OPEN', 'PAID']}, 'default': 'PAID'},"
              + "{'name': 'lines', 'type': {'type': 'array', 'items': {'type': 'record',"
              + " 'name': 'Line', 'fields': [{'name': 'sku', 'type': 'string'},"
              + " {'name': 'weight', 'type': 'double', 'default': 1.5},"
              + " {'name': 'qty', 'type': 'int'}]}}}]}");

  private static final RecordFormat ORDERS =
      RecordFormat.parse(
          "id=id,time=at,customer=customer.id,item=lines[].sku,quantity=lines[].qty,"
              + "where=status = \"PAID\",records=avro");

  private static final long MORNING = at("2023-01-02T09:00").getMillis();

  @Test
  void hasTheFieldsOfItsSchema() throws Rejection {
    GenericRecord order = order("PAID");
    order.put("customer", record(branch("customer"), Map.of("id", "c")));
    order.put("note", "not used");
    order.put("tags", Map.of("a", 1, "b", 2));

    assertThat(parser(ORDERS, ORDER).parse(message(order)).transaction())
        .isEqualTo(
            new Transaction(
                Id.ofInteger(7),
                Id.ofString("c"),
                at("2023-01-02T09:00"),
                List.of(LineItem.of(Id.ofString("a"), 2), LineItem.of(Id.ofString("b"), -1))));
  }

  @Test
  void isAGuestWithoutACustomer() throws Rejection {
    assertThat(parser(ORDERS, ORDER).parse(message(order("PAID"))).transaction().customer())
        .isNull();
  }

  @Test
  void isExcludedByACondition() throws Rejection {
    ParsedRecord record = parser(ORDERS, ORDER).parse(message(order("OPEN")));

    assertThat(record.isExcluded()).isTrue();
    assertThat(record.timestamp()).isEqualTo(at("2023-01-02T09:00"));
  }

  private static Schema branch(String field) {
    return ORDER.getField(field).schema().getTypes().get(1);
  }

  private static GenericRecord order(String status) {
    Schema line = ORDER.getField("lines").schema().getElementType();
    return new GenericRecordBuilder(ORDER)
        .set("id", 7L)
        .set("at", MORNING)
        .set("status", new GenericData.EnumSymbol(ORDER.getField("status").schema(), status))
        .set(
            "lines",
            List.of(
                record(line, Map.of("sku", "a", "weight", 0.5, "qty", 2)),
                record(line, Map.of("sku", "b", "weight", 0.5, "qty", -1))))
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "'string'; x",
        "'int'; 5",
        "'long'; 5",
        "['null', 'long']; 5",
        "{'type': 'int', 'logicalType': 'date'}; 1970-01-06",
        "{'type': 'int', 'logicalType': 'time-millis'}; 00:00:00.005",
        "{'type': 'long', 'logicalType': 'time-micros'}; 00:00:00.000005",
        "{'type': 'long', 'logicalType': 'timestamp-millis'}; 1970-01-01T00:00:00.005Z",
        "{'type': 'long', 'logicalType': 'timestamp-micros'}; 1970-01-01T00:00:00.000005Z",
        "{'type': 'long', 'logicalType': 'timestamp-nanos'}; 1970-01-01T00:00:00.000000005Z",
        "{'type': 'long', 'logicalType': 'local-timestamp-millis'}; 1970-01-01T00:00:00.005",
        "{'type': 'long', 'logicalType': 'local-timestamp-micros'}; 1970-01-01T00:00:00.000005",
        "{'type': 'string', 'logicalType': 'uuid'}; x",
        "{'type': 'int', 'logicalType': 'no-such-type'}; 5",
        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 0}; 5",
        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}; 0.05",
        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 1, 'scale': 2}; BQ==",
        "'bytes'; BQ==",
        "{'type': 'fixed', 'name': 'F', 'size': 1}; BQ==",
        "'boolean'; true",
        "'float'; 5.5",
        "'double'; 5.5",
        "{'type': 'array', 'items': 'int'}; [",
        "{'type': 'map', 'values': 'int'}; {"
      })
  void convertsTheValuesOfAType(String type, String expected) throws Rejection {
    Schema schema = withField(type);
    Object value =
        switch (AvroMessages.actual(schema.getField("v").schema()).getType()) {
          case STRING -> "x";
          case INT -> 5;
          case LONG -> 5L;
          case BOOLEAN -> true;
          case FLOAT -> 5.5f;
          case DOUBLE -> 5.5;
          case FIXED -> new GenericData.Fixed(schema.getField("v").schema(), new byte[] {5});
          case ARRAY -> List.of(1);
          case MAP -> Map.of("a", 1);
          default -> ByteBuffer.wrap(new byte[] {5});
        };

    assertThat(itemOf(schema, value)).isEqualTo(expected);
  }

  /** Returns the value as an id, or as a message quotes it. */
  private static String itemOf(Schema schema, Object value) throws Rejection {
    RecordFormat format = RecordFormat.parse("id=none,time=t,item=v,records=avro");
    TransactionParser parser = parser(format, schema);
    GenericRecord record = record(schema, Map.of("t", "2023-01-02T09:00", "v", value));
    try {
      return parser.parse(message(record)).transaction().lineItems().get(0).item().toString();
    } catch (Rejection e) {
      assertThat(e.reason()).isEqualTo(BAD_ID);
      return e.getMessage()
          .replaceFirst("v: (.*) is neither a string nor an integer", "$1")
          .replace("an array", "[")
          .replace("an object", "{");
    }
  }

  @Test
  void acceptsADecimalOfAnyScaleIfItIsAnInteger() throws Rejection {
    Schema schema =
        withField("{'type': 'bytes', 'logicalType': 'decimal', 'precision': 30, 'scale': 4}");
    RecordFormat format = RecordFormat.parse("id=none,time=t,item=\"all\",quantity=v,records=avro");

    assertThat(quantity(format, schema, "-12.0000")).isEqualTo(-12);
    assertThat(quantity(format, schema, "0.0000")).isZero();
    assertThat(rejection(format, schema, decimal(schema, "12.5000")))
        .hasMessage("v: 12.5000 is not an integer")
        .extracting(Rejection::reason)
        .isEqualTo(BAD_QUANTITY);
  }

  private static long quantity(RecordFormat format, Schema schema, String decimal)
      throws Rejection {
    return parser(format, schema)
        .parse(message(decimal(schema, decimal)))
        .transaction()
        .lineItems()
        .get(0)
        .quantity();
  }

  private static GenericRecord decimal(Schema schema, String text) {
    Schema type = schema.getField("v").schema();
    ByteBuffer bytes =
        new Conversions.DecimalConversion()
            .toBytes(new BigDecimal(text), type, type.getLogicalType());
    return record(schema, Map.of("t", "2023-01-02T09:00", "v", bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp-millis, 1672650000000, 2023-01-02T09:00",
    "timestamp-micros, 1672650000999999, 2023-01-02T09:00:00.999",
    "timestamp-nanos, 1672650000000000001, 2023-01-02T09:00",
    "local-timestamp-millis, 1672650000000, 2023-01-02T09:00",
    "local-timestamp-micros, 1672650000000000, 2023-01-02T09:00",
    "local-timestamp-nanos, 1672650000000000000, 2023-01-02T09:00"
  })
  void acceptsTimesWithoutATimeUnit(String logicalType, long value, String expected)
      throws Rejection {
    Schema schema = withField("{'type': 'long', 'logicalType': '" + logicalType + "'}");
    RecordFormat format = RecordFormat.parse("id=none,time=v,item=\"all\",records=avro");
    GenericRecord record = record(schema, Map.of("t", "", "v", value));

    assertThat(parser(format, schema).parse(message(record)).timestamp()).isEqualTo(at(expected));
  }

  @Test
  void acceptsEpochsWithATimeUnitOnly() throws Rejection {
    Schema schema = withField("'long'");
    GenericRecord record = record(schema, Map.of("t", "", "v", 1_672_650_000L));
    RecordFormat seconds = RecordFormat.parse("id=none,time=v,timeUnit=s,item=\"a\",records=avro");
    RecordFormat none = RecordFormat.parse("id=none,time=v,item=\"a\",records=avro");

    assertThat(parser(seconds, schema).parse(message(record)).timestamp())
        .isEqualTo(at("2023-01-02T09:00"));
    assertThat(rejection(none, schema, record).reason()).isEqualTo(BAD_TIMESTAMP);
  }

  @Test
  void rejectsNumbersThatAreNotFinite() {
    Schema schema = withField("'double'");
    GenericRecord record = record(schema, Map.of("t", "2023-01-02T09:00", "v", Double.NaN));

    assertRejected("id=none,time=t,item=v", schema, record, BAD_ID, "v: NaN is neither a string");
    assertRejected(
        "id=none,time=t,item=\"a\",quantity=v",
        schema,
        record,
        BAD_QUANTITY,
        "v: NaN is not an integer");
    assertRejected(
        "id=none,time=v,timeUnit=s,item=\"a\"", schema, record, BAD_TIMESTAMP, "v: NaN is not");
  }

  @Test
  void rejectsFieldsThatAreMissingOrOfAnotherType() {
    Schema schema = withField("'int'");
    GenericRecord record = record(schema, Map.of("t", "2023-01-02T09:00", "v", 5));

    assertRejected("id=none,time=t,item=sku", schema, record, MISSING_FIELD, "sku: missing");
    assertRejected(
        "id=none,time=t,item=v[].sku", schema, record, MALFORMED_AVRO, "v: 5 is not an array");
    assertRejected(
        "id=none,time=t,item=v.sku", schema, record, MALFORMED_AVRO, "v: 5 is not an object");
  }

  @Test
  void givesAdviceForRecordsInAnEnvelope() {
    Schema schema =
        AvroMessages.schema(
            "{'type': 'record', 'name': 'E', 'fields': [{'name': 'before', 'type': ['null',"
                + " 'string']}, {'name': 'after', 'type': 'string'}]}");

    assertRejected(
        "id=id,time=t,item=sku",
        schema,
        record(schema, Map.of("after", "x")),
        MISSING_FIELD,
        "id: missing; the record is wrapped in before and after, as Debezium writes changes");
  }

  private static void assertRejected(
      String format, Schema schema, GenericRecord record, RejectReason reason, String message) {
    Rejection rejection = rejection(RecordFormat.parse(format + ",records=avro"), schema, record);

    assertThat(rejection).hasMessageStartingWith(message);
    assertThat(rejection.reason()).isEqualTo(reason);
  }

  /** Returns the schema of records with a time as text, and a value of this type. */
  private static Schema withField(String type) {
    return AvroMessages.schema(
        "{'type': 'record', 'name': 'R', 'fields': [{'name': 't', 'type': 'string'},"
            + " {'name': 'v', 'type': "
            + type
            + "}]}");
  }
}
