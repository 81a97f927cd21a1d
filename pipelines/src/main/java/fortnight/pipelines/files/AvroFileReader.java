package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.compression.BlockCodec;
import fortnight.transforms.Payload;
import fortnight.transforms.avro.AvroData;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits an Avro object container file into records. The position of a record is its number in the
 * file, from 0, because records are in compressed blocks and have no offset. The preamble of a
 * record is the schema of the file.
 */
final class AvroFileReader implements RecordReader {
  private static final byte[] NO_BYTES = {};

  private final AvroFileInput in;
  private final String origin;
  private final byte[] schemaText;
  private final Schema schema;
  private final BlockCodec codec;
  private final byte[] sync;

  private byte[] block = NO_BYTES;
  private int next;
  private long leftInBlock;
  private long number;
  private boolean isAtEnd;

  private AvroFileReader(AvroFileInput in, String origin) throws IOException {
    this.in = in;
    this.origin = origin;
    // An empty file has no records, as one of lines.
    isAtEnd = in.isAtEnd();
    Map<String, byte[]> metadata = isAtEnd ? Map.of() : in.readHeader();
    schemaText = metadata.getOrDefault("avro.schema", "\"null\"".getBytes(UTF_8));
    schema = schema(new String(schemaText, UTF_8));
    codec =
        BlockCodec.named(
            new String(metadata.getOrDefault("avro.codec", "null".getBytes(UTF_8)), UTF_8));
    sync = isAtEnd ? NO_BYTES : in.readBytes(AvroFileInput.SYNC_BYTES);
  }

  /**
   * Opens a reader of the content of a file.
   *
   * @param origin the prefix of {@code source} in dead letters
   * @throws IOException if the content is not an Avro file, or its codec is not supported
   */
  static AvroFileReader open(InputStream content, String origin) throws IOException {
    AvroFileInput in = new AvroFileInput(content);
    boolean isOpened = false;
    try {
      AvroFileReader reader = new AvroFileReader(in, origin);
      isOpened = true;
      return reader;
    } finally {
      if (!isOpened) {
        in.close();
      }
    }
  }

  private static Schema schema(String text) throws IOException {
    try {
      return AvroData.parseSchema(text);
    } catch (MalformedAvroException e) {
      throw new IOException("it " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Payload next() throws IOException {
    while (leftInBlock == 0) {
      if (isAtEnd || in.isAtEnd()) {
        isAtEnd = true;
        return null;
      }
      readBlock();
    }
    int from = next;
    next = endOfRecord(from);
    leftInBlock--;
    if (leftInBlock == 0 && next < block.length) {
      throw damaged((block.length - next) + " bytes follow the last record of a block");
    }
    Payload record = new Payload(origin, number, block, from, next - from, next - from);
    number++;
    return record.withPreamble(schemaText);
  }

  private int endOfRecord(int from) throws IOException {
    try {
      return AvroData.endOfDatum(schema, block, from, block.length);
    } catch (MalformedAvroException e) {
      throw damaged("record " + number + " " + e.getMessage());
    }
  }

  private void readBlock() throws IOException {
    long count = in.readLong();
    long size = in.readLong();
    if (count < 0 || size < 0 || size > BlockCodec.MAX_SIZE) {
      throw damaged("a block has %d records and %d bytes".formatted(count, size));
    }
    byte[] stored = in.readBytes(size);
    if (!Arrays.equals(in.readBytes(AvroFileInput.SYNC_BYTES), sync)) {
      throw damaged("a block does not end with the file's marker");
    }
    block = codec.decompress(stored);
    // A record without bytes contains nothing, and a damaged count would be endless.
    if (count > block.length) {
      throw damaged("a block has %d records and %d bytes".formatted(count, block.length));
    }
    if (count == 0 && block.length > 0) {
      throw damaged("a block has bytes and no records");
    }
    leftInBlock = count;
    next = 0;
  }

  private static IOException damaged(String what) {
    return new IOException("it is damaged: " + what);
  }

  @Override
  public long position() {
    return number;
  }

  @Override
  public long lastPosition() {
    return number - 1;
  }

  @Override
  public boolean isAtEnd() {
    return isAtEnd;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
