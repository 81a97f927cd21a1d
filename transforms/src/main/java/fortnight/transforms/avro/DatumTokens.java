package fortnight.transforms.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.avro.Schema;

/**
 * Writes a datum as JSON tokens: records and maps as objects, the value of a union as such. Only
 * selected fields are written, and of the others their names at the root.
 */
final class DatumTokens {
  private final DatumInput in;
  private final DatumSkipper skipper;
  private final JsonGenerator out;

  DatumTokens(DatumInput in, JsonGenerator out) {
    this.in = in;
    this.skipper = new DatumSkipper(in);
    this.out = out;
  }

  /**
   * Writes the datum.
   *
   * @param selection the fields of the root, which must be a record or a map
   */
  void writeRoot(Schema declared, AvroRecords.FieldSelection selection)
      throws MalformedAvroException, IOException {
    Schema schema = in.begin(declared);
    switch (schema.getType()) {
      case RECORD -> writeRecord(schema, selection, true);
      case MAP -> writeMap(schema.getValueType(), selection, true);
      default ->
          throw new MalformedAvroException(
              "is of the type " + schema.getType().getName() + ", and not an Avro record");
    }
    if (in.remaining() > 0) {
      throw in.malformed(in.remaining() + " more bytes at its end");
    }
  }

  private void write(Schema declared, AvroRecords.FieldSelection selection)
      throws MalformedAvroException, IOException {
    Schema schema = in.begin(declared);
    switch (schema.getType()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(in.readBoolean());
      case INT -> LogicalValues.write(in.readInt(), schema, out);
      case LONG -> LogicalValues.write(in.readLong(), schema, out);
      case FLOAT -> out.writeNumber(in.readFloat());
      case DOUBLE -> out.writeNumber(in.readDouble());
      case STRING -> out.writeString(in.readString());
      case ENUM -> out.writeString(in.readEnum(schema));
      case BYTES -> LogicalValues.write(in.readBytes(), schema, out);
      case FIXED -> LogicalValues.write(in.readFixed(schema.getFixedSize()), schema, out);
      case RECORD -> writeRecord(schema, selection, false);
      case MAP -> writeMap(schema.getValueType(), selection, false);
      case ARRAY -> writeArray(schema.getElementType(), selection);
      case UNION -> throw new IllegalStateException("a union in a union");
    }
  }

  private void writeRecord(Schema schema, AvroRecords.FieldSelection selection, boolean isRoot)
      throws MalformedAvroException, IOException {
    in.enter();
    out.writeStartObject();
    for (Schema.Field field : schema.getFields()) {
      writeField(field.name(), field.schema(), selection, isRoot);
    }
    out.writeEndObject();
    in.leave();
  }

  private void writeMap(Schema value, AvroRecords.FieldSelection selection, boolean isRoot)
      throws MalformedAvroException, IOException {
    in.enter();
    out.writeStartObject();
    long count = readCount();
    while (count > 0) {
      for (long i = 0; i < count; i++) {
        writeField(in.readString(), value, selection, isRoot);
      }
      count = readCount();
    }
    out.writeEndObject();
    in.leave();
  }

  private void writeField(
      String name, Schema schema, AvroRecords.FieldSelection selection, boolean isRoot)
      throws MalformedAvroException, IOException {
    AvroRecords.FieldSelection child = selection.child(name);
    if (child != null) {
      out.writeFieldName(name);
      write(schema, child);
    } else {
      if (isRoot) {
        out.writeNullField(name);
      }
      skipper.skip(schema);
    }
  }

  private void writeArray(Schema element, AvroRecords.FieldSelection selection)
      throws MalformedAvroException, IOException {
    in.enter();
    out.writeStartArray();
    long count = readCount();
    while (count > 0) {
      for (long i = 0; i < count; i++) {
        write(element, selection);
      }
      count = readCount();
    }
    out.writeEndArray();
    in.leave();
  }

  /** Returns the number of elements in the next block of an array or map; 0 at its end. */
  private long readCount() throws MalformedAvroException {
    long count = in.readLong();
    if (count >= 0) {
      return count;
    }
    int unusedSize = in.readLength();
    if (count == Long.MIN_VALUE) {
      throw in.malformed("a block of " + count + " elements");
    }
    return -count;
  }
}
