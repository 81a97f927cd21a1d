package fortnight.transforms.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Utf8;

/**
 * Reads the values of one datum in Avro's binary encoding. Lengths and counts are checked against
 * the bytes that follow before anything is allocated, and the number of values and their depth are
 * limited. Avro's own decoder trusts lengths, and its limits apply to a whole JVM.
 */
final class DatumInput {
  /** Maximum depth of records, arrays and maps within each other, so that the stack suffices. */
  private static final int MAX_DEPTH = 500;

  /** Limits values without bytes, such as nulls, of which a few bytes can declare any number. */
  private static final long MIN_MAX_VALUES = 1 << 20;

  private static final int MAX_VALUES_PER_BYTE = 8;
  private static final int INT_BYTES = 4;
  private static final int MAX_VARINT_BITS = 70;
  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD = 0x7f;
  private static final int CONTINUES = 0x80;
  private static final int BYTE = 0xff;

  private final byte[] array;
  private final int end;
  private final long maxValues;

  private int position;
  private long values;
  private int depth;

  /** Creates an input of {@code array[from, end)}. */
  DatumInput(byte[] array, int from, int end) {
    this.array = array;
    this.position = from;
    this.end = end;
    this.maxValues = MIN_MAX_VALUES + (long) MAX_VALUES_PER_BYTE * (end - from);
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  /** Begins a value; returns its schema: for a union, that of the branch that the value has. */
  Schema begin(Schema declared) throws MalformedAvroException {
    values++;
    if (values > maxValues) {
      throw new MalformedAvroException("has more than " + maxValues + " values");
    }
    if (declared.getType() != Schema.Type.UNION) {
      return declared;
    }
    List<Schema> branches = declared.getTypes();
    return branches.get(readIndex(branches.size(), "branches of a union"));
  }

  /** Enters a record, an array or a map; {@link #leave} leaves it. */
  void enter() throws MalformedAvroException {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new MalformedAvroException("is nested more than " + MAX_DEPTH + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  boolean readBoolean() throws MalformedAvroException {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw malformed("a boolean that is neither 0 nor 1");
    }
    return value == 1;
  }

  int readInt() throws MalformedAvroException {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("an int with more than 32 bits");
    }
    return (int) value;
  }

  long readLong() throws MalformedAvroException {
    long bits = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += PAYLOAD_BITS) {
      byte next = readByte();
      bits |= (long) (next & PAYLOAD) << shift;
      if ((next & CONTINUES) == 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw malformed("a number with more than ten bytes");
  }

  float readFloat() throws MalformedAvroException {
    return Float.intBitsToFloat(readLittleEndian());
  }

  double readDouble() throws MalformedAvroException {
    long low = readLittleEndian() & 0xffffffffL;
    return Double.longBitsToDouble(((long) readLittleEndian() << Integer.SIZE) | low);
  }

  String readString() throws MalformedAvroException {
    int length = readLength();
    if (!Utf8.isWellFormed(array, position, length)) {
      throw malformed("text that is not UTF-8");
    }
    position += length;
    return new String(array, position - length, length, UTF_8);
  }

  byte[] readBytes() throws MalformedAvroException {
    return readFixed(readLength());
  }

  byte[] readFixed(int length) throws MalformedAvroException {
    skip(length);
    return Arrays.copyOfRange(array, position - length, position);
  }

  String readEnum(Schema schema) throws MalformedAvroException {
    List<String> symbols = schema.getEnumSymbols();
    return symbols.get(readIndex(symbols.size(), "symbols of an enum"));
  }

  /** Returns a number of bytes, all of which follow. */
  int readLength() throws MalformedAvroException {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw malformed("a value of " + length + " bytes, of which " + remaining() + " follow");
    }
    return (int) length;
  }

  void skip(int length) throws MalformedAvroException {
    if (length > remaining()) {
      throw new MalformedAvroException("is not complete");
    }
    position += length;
  }

  private int readIndex(int count, String what) throws MalformedAvroException {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw malformed("the index " + index + ", of " + count + " " + what);
    }
    return (int) index;
  }

  private int readLittleEndian() throws MalformedAvroException {
    skip(INT_BYTES);
    int value = 0;
    for (int i = 1; i <= INT_BYTES; i++) {
      value = (value << Byte.SIZE) | (array[position - i] & BYTE);
    }
    return value;
  }

  private byte readByte() throws MalformedAvroException {
    skip(1);
    return array[position - 1];
  }

  /** The bytes do not match the schema: either they are damaged, or it is not their schema. */
  MalformedAvroException malformed(String what) {
    return new MalformedAvroException("does not match its schema: it has " + what);
  }
}
