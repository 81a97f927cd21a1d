package fortnight.transforms.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import fortnight.transforms.Payload;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Decodes records into JSON tokens. The preamble of a record of an Avro file is its schema, also if
 * the record was redriven to a topic. Any other message begins with a zero byte and the id of its
 * schema in four bytes, the highest byte first.
 *
 * <p>Instances may be shared by threads.
 */
public final class AvroRecords implements Serializable {
  /** The fields of an object that are decoded; all others are skipped. */
  public interface FieldSelection {
    /** Returns what is decoded of the field with this name; null if the field is skipped. */
    @Nullable FieldSelection child(String name);
  }

  private static final long serialVersionUID = 1;

  private static final int HEADER_BYTES = 5;

  private final SchemaSource schemas;

  /** The schema of the last record of a file; correct in any thread, as it is immutable. */
  private transient volatile @Nullable FileSchema lastFile;

  public AvroRecords(SchemaSource schemas) {
    this.schemas = schemas;
  }

  private static final class FileSchema {
    private final byte[] preamble;
    private final Schema schema;

    FileSchema(byte[] preamble, Schema schema) {
      this.preamble = preamble;
      this.schema = schema;
    }
  }

  /** Returns whether a message has no bytes, as one that marks a key as deleted. */
  public static boolean isBlank(Payload record) {
    return record.length() == 0 && !isOfFile(record);
  }

  /**
   * Decodes a record.
   *
   * @param selection the fields that are decoded
   * @return a parser before the first token
   * @throws MalformedAvroException if the record cannot be decoded
   */
  public JsonParser parser(Payload record, FieldSelection selection) throws MalformedAvroException {
    Schema schema = isOfFile(record) ? fileSchema(record.preamble()) : schemas.schema(id(record));
    int from = record.from() + (isOfFile(record) ? 0 : HEADER_BYTES);
    DatumInput datum = new DatumInput(record.array(), from, record.from() + record.length());
    TokenBuffer tokens = new TokenBuffer(null, false);
    try {
      new DatumTokens(datum, tokens).writeRoot(schema, selection);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a buffer", e);
    }
    return tokens.asParser();
  }

  /** Requests the schema of a message if it begins with the id of one, and waits for it. */
  public void prefetchSchema(byte[] message) {
    if (message.length < HEADER_BYTES || message[0] != 0) {
      return;
    }
    int id = ByteBuffer.wrap(message).getInt(1);
    if (id >= 0) {
      schemas.prefetch(id);
    }
  }

  private static boolean isOfFile(Payload record) {
    return record.preamble().length > 0;
  }

  private Schema fileSchema(byte[] preamble) throws MalformedAvroException {
    FileSchema known = lastFile;
    if (known != null && known.preamble == preamble) {
      return known.schema;
    }
    Schema schema =
        known != null && Arrays.equals(known.preamble, preamble)
            ? known.schema
            : AvroData.parseSchema(new String(preamble, UTF_8));
    lastFile = new FileSchema(preamble, schema);
    return schema;
  }

  /**
   * Returns the id of a message's schema.
   *
   * @throws MalformedAvroException if the message has none
   */
  private static int id(Payload message) throws MalformedAvroException {
    if (message.length() < HEADER_BYTES || message.array()[message.from()] != 0) {
      throw new MalformedAvroException(
          "does not begin with a zero byte and the id of a schema" + advice(message));
    }
    int id = ByteBuffer.wrap(message.array()).getInt(message.from() + 1);
    if (id < 0) {
      throw new MalformedAvroException("has the schema id " + id + ", which is negative");
    }
    return id;
  }

  private static String advice(Payload message) {
    byte[] array = message.array();
    int from = message.from();
    if (message.length() > 0 && array[from] == '{') {
      return "; it can be JSON: use records: json";
    }
    boolean isSingleObject =
        message.length() > 1 && array[from] == (byte) 0xc3 && array[from + 1] == 1;
    return isSingleObject
        ? "; it has Avro's single-object encoding, which is not supported: use a serializer that"
            + " registers schemas"
        : "; use a serializer that registers schemas";
  }
}
