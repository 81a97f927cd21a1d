package fortnight.pipelines.compression;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses all members of a gzip file (RFC 1952). Zero bytes after the last member are padding;
 * any other bytes there are an error.
 *
 * <p>{@link java.util.zip.GZIPInputStream} ends without an error if the first bytes of the next
 * member are missing or not available yet.
 */
final class GzipMembersInputStream extends InputStream {
  private static final int BUFFER = 1 << 15;

  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int TIME_AND_SYSTEM = 6;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int BYTE = 0xff;
  private static final long INT = 0xffffffffL;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER];

  private int position;
  private int limit;
  private boolean isInMember;
  private boolean isAfterMember;
  private boolean isAtEnd;

  GzipMembersInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!isAtEnd) {
      if (!isInMember && !startMember()) {
        isAtEnd = true;
        break;
      }
      int count = inflate(bytes, from, length);
      if (count > 0) {
        checksum.update(bytes, from, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        fill();
        inflater.setInput(buffer, 0, limit);
        position = limit;
      } else {
        throw damaged("it needs a dictionary");
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      return inflater.inflate(bytes, from, length);
    } catch (DataFormatException e) {
      throw damaged(e.getMessage());
    }
  }

  /** Reads a member's header; returns false if there is no further member. */
  private boolean startMember() throws IOException {
    int first = readByteOrEnd();
    while (first == 0 && isAfterMember) {
      first = readByteOrEnd();
    }
    if (first < 0 && isAfterMember) {
      return false;
    }
    if (first < 0) {
      throw new EOFException();
    }
    if (first != MAGIC_1 || readByte() != MAGIC_2) {
      throw new IOException("its compressed data is followed by bytes that are not gzip");
    }
    if (readByte() != DEFLATE) {
      throw damaged("unknown compression method");
    }
    int flags = readByte();
    skip(TIME_AND_SYSTEM);
    if ((flags & HAS_EXTRA) != 0) {
      skip(readByte() | readByte() << Byte.SIZE);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    position = limit;
    checksum.reset();
    isInMember = true;
    return true;
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    if (readInt() != checksum.getValue()) {
      throw damaged("its checksum is wrong");
    }
    if (readInt() != (inflater.getBytesWritten() & INT)) {
      throw damaged("its length is wrong");
    }
    isInMember = false;
    isAfterMember = true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      readByte();
    }
  }

  private void skipText() throws IOException {
    while (readByte() != 0) {}
  }

  private long readInt() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      value |= (long) readByte() << shift;
    }
    return value;
  }

  private int readByte() throws IOException {
    int next = readByteOrEnd();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  private int readByteOrEnd() throws IOException {
    if (position == limit && !tryFill()) {
      return -1;
    }
    int next = buffer[position] & BYTE;
    position++;
    return next;
  }

  private void fill() throws IOException {
    if (!tryFill()) {
      throw new EOFException();
    }
  }

  private boolean tryFill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  private static IOException damaged(String why) {
    return new IOException("its compressed data is damaged (gzip: " + why + ")");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
