package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the parts of an Avro file. The end of the file within a part is an {@link EOFException};
 * Avro's own reader ends without an error then.
 */
final class AvroFileInput implements Closeable {
  static final int SYNC_BYTES = 16;

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
