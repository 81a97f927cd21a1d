package fortnight.transforms.parse;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Payload;
import fortnight.transforms.avro.AvroData;
import fortnight.transforms.avro.MalformedAvroException;
import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Makes messages of a topic with a schema registry, which has one schema. */
final class AvroMessages {
  private static final int ID = 4711;
  private static final byte[] HEADER = {0, 0, 0, 0x12, 0x67};

  private AvroMessages() {}

  /** Parses a schema in which ' is ". */
  static Schema schema(String json) {
    try {
      return AvroData.parseSchema(json.replace('\'', '"'));
    } catch (MalformedAvroException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Schema actual(Schema schema) {
    return schema.isUnion() ? schema.getTypes().get(1) : schema;
  }

  static GenericRecord record(Schema schema, Map<String, ?> values) {
    GenericRecord record = new GenericData.Record(schema);
    values.forEach(record::put);
    return record;
  }

  static Payload message(GenericRecord record) {
    return message(encoded(record));
  }

  /** Returns a message whose bytes are between other bytes, which must not be read. */
  static Payload message(byte[] datum) {
    byte[] array = new byte[1 + HEADER.length + datum.length + 1];
    array[0] = 1;
    array[array.length - 1] = 1;
    System.arraycopy(HEADER, 0, array, 1, HEADER.length);
    System.arraycopy(datum, 0, array, 1 + HEADER.length, datum.length);
    return new Payload("t/0/", 0, array, 1, array.length - 2, array.length - 2);
  }

  static byte[] encoded(GenericRecord record) {
    return encoded(record.getSchema(), record);
  }

  static byte[] encoded(Schema schema, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(datum, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static TransactionParser parser(RecordFormat format, Schema schema) {
    String json = schema.toString();
    SchemaSource registry =
        id -> {
          if (id != ID) {
            throw new MalformedAvroException("has the schema id " + id);
          }
          return AvroData.parseSchema(json);
        };
    return new TransactionParser(format, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE, registry);
  }

  static Rejection rejection(RecordFormat format, Schema schema, GenericRecord record) {
    return rejection(format, schema, message(record));
  }

  static Rejection rejection(RecordFormat format, Schema schema, Payload message) {
    TransactionParser parser = parser(format, schema);
    return catchThrowableOfType(Rejection.class, () -> parser.parse(message));
  }
}
