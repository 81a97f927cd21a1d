package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.compression.BlockCodec;
import fortnight.transforms.Payload;
import fortnight.transforms.avro.AvroData;
import fortnight.transforms.avro.MalformedAvroException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
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

  /**
   * Reads the parts of an Avro file. The end of the file within a part is an {@link EOFException};
   * Avro's own reader ends without an error then.
   */
  private static final class AvroFileInput implements Closeable {
    private static final int SYNC_BYTES = 16;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int BUFFER = 1 << 16;
    private static final int MAX_VARINT_BITS = 70;
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD = 0x7f;
    private static final int CONTINUES = 0x80;

    private final InputStream in;

    AvroFileInput(InputStream in) {
      this.in = new BufferedInputStream(in, BUFFER);
    }

    boolean isAtEnd() throws IOException {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0;
    }

    /** Reads the first bytes of the file, and its metadata. */
    Map<String, byte[]> readHeader() throws IOException {
      for (byte expected : MAGIC) {
        if (in.read() != expected) {
          throw new IOException("it is not an Avro file");
        }
      }
      Map<String, byte[]> metadata = new HashMap<>();
      long count = readLong();
      while (count != 0) {
        if (count < 0) {
          readLong(); // The size of these entries.
        }
        for (long i = 0; i < Math.abs(count); i++) {
          metadata.put(new String(readBytes(readLong()), UTF_8), readBytes(readLong()));
        }
        count = readLong();
      }
      return metadata;
    }

    long readLong() throws IOException {
      long bits = 0;
      for (int shift = 0; shift < MAX_VARINT_BITS; shift += PAYLOAD_BITS) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        bits |= (long) (next & PAYLOAD) << shift;
        if ((next & CONTINUES) == 0) {
          return (bits >>> 1) ^ -(bits & 1);
        }
      }
      throw new IOException("it is damaged: a number has more than ten bytes");
    }

    byte[] readBytes(long length) throws IOException {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new IOException("it is damaged: a part has " + length + " bytes");
      }
      // Allocates as many bytes as there are, and not as many as a damaged length says.
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
