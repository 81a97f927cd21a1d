package fortnight.transforms.avro;

import org.apache.avro.Schema;

/** Skips values, without a check of text and of the symbols of enums. */
final class DatumSkipper {
  private final DatumInput in;

  DatumSkipper(DatumInput in) {
    this.in = in;
  }

  void skip(Schema declared) throws MalformedAvroException {
    Schema schema = in.begin(declared);
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> in.skip(1);
      case INT, LONG, ENUM -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case STRING, BYTES -> in.skip(in.readLength());
      case FIXED -> in.skip(schema.getFixedSize());
      case RECORD -> {
        in.enter();
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema());
        }
        in.leave();
      }
      case ARRAY -> skipBlocks(schema.getElementType(), false);
      case MAP -> skipBlocks(schema.getValueType(), true);
      case UNION -> throw new IllegalStateException("a union in a union");
    }
  }

  private void skipBlocks(Schema element, boolean hasKeys) throws MalformedAvroException {
    in.enter();
    long count = in.readLong();
    while (count != 0) {
      if (count < 0) {
        in.skip(in.readLength());
      }
      for (long i = 0; i < count; i++) {
        if (hasKeys) {
          in.skip(in.readLength());
        }
        skip(element);
      }
      count = in.readLong();
    }
    in.leave();
  }
}
