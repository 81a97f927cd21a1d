package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;

import fortnight.transforms.Payload;
import fortnight.transforms.json.ByteScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits a channel into lines and provides their offsets. A line ends at LF; a CR before it is not
 * part of the line.
 *
 * <p>Lines are slices of the buffer into which they were read, so the part of a buffer that
 * contains lines is never overwritten. Of a line that exceeds {@link Payload#MAX_SIZE}, only the
 * first bytes and the size are kept.
 */
final class LineReader implements RecordReader {
  static final int BUFFER = 1 << 16;

  private final ReadableByteChannel channel;
  private final String origin;

  private byte[] buffer;
  private long bufferPosition;
  private long lastPosition;
  private int lineStart;
  private int scanned;
  private int limit;
  private boolean isEndOfChannel;

  /**
   * Creates a reader with a buffer of the default size.
   *
   * @param position the offset in the file of the channel's next byte, which must begin a line
   */
  LineReader(ReadableByteChannel channel, String origin, long position) {
    this(channel, origin, position, BUFFER);
  }

  /**
   * Creates a reader with a first buffer of another size.
   *
   * @param capacity the size of the first buffer, in bytes, at least 1
   */
  LineReader(ReadableByteChannel channel, String origin, long position, int capacity) {
    this.channel = channel;
    this.origin = origin;
    this.bufferPosition = position;
    this.buffer = new byte[capacity];
  }

  @Override
  public long position() {
    return bufferPosition + lineStart;
  }

  @Override
  public long lastPosition() {
    return lastPosition;
  }

  @Override
  public boolean isAtEnd() {
    return isEndOfChannel && lineStart == limit;
  }

  @Override
  public @Nullable Payload next() throws IOException {
    lastPosition = position();
    while (true) {
      int newline = indexOfNewline();
      if (newline >= 0) {
        return line(newline, newline + 1);
      }
      if (limit - lineStart > MAX_SIZE + 1) {
        return tooLarge();
      }
      if (!fill()) {
        return lineStart == limit ? null : line(limit, limit);
      }
    }
  }

  private int indexOfNewline() {
    int newline = ByteScanner.indexOfNewline(buffer, scanned, limit);
    if (newline < limit) {
      return newline;
    }
    scanned = limit;
    return -1;
  }

  private Payload line(int end, int next) {
    int length = withoutCr(lineStart, end) - lineStart;
    int kept = length > MAX_SIZE ? KEPT_OF_TOO_LARGE : length;
    Payload line = new Payload(origin, position(), buffer, lineStart, kept, length);
    lineStart = next;
    scanned = next;
    return line;
  }

  private int withoutCr(int start, int end) {
    return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
  }

  /** Keeps the first bytes of the line, and counts the others. */
  private Payload tooLarge() throws IOException {
    byte[] kept = Arrays.copyOfRange(buffer, lineStart, lineStart + KEPT_OF_TOO_LARGE);
    long start = position();
    int newline;
    byte last = buffer[limit - 1];
    bufferPosition += limit;
    buffer = new byte[BUFFER];
    limit = 0;
    do {
      last = limit > 0 ? buffer[limit - 1] : last;
      bufferPosition += limit;
      limit = 0;
      lineStart = 0;
      scanned = 0;
      newline = fill() ? indexOfNewline() : 0;
    } while (newline < 0);
    if (newline > 0) {
      last = buffer[newline - 1];
    }
    long size = bufferPosition + newline - start - (last == '\r' ? 1 : 0);
    if (limit > 0) {
      lineStart = newline + 1;
      scanned = lineStart;
    }
    return new Payload(origin, start, kept, 0, kept.length, size);
  }

  /** Appends bytes to the buffer; returns false at the end of the file. */
  private boolean fill() throws IOException {
    if (limit == buffer.length) {
      replaceBuffer();
    }
    while (!isEndOfChannel) {
      int count = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
      isEndOfChannel = count < 0;
      if (count > 0) {
        limit += count;
        return true;
      }
    }
    return false;
  }

  /** Copies the incomplete line into a new buffer, because lines in the old one may be in use. */
  private void replaceBuffer() {
    int incomplete = limit - lineStart;
    byte[] larger = new byte[Math.max(BUFFER, 2 * incomplete)];
    System.arraycopy(buffer, lineStart, larger, 0, incomplete);
    buffer = larger;
    bufferPosition += lineStart;
    scanned -= lineStart;
    limit = incomplete;
    lineStart = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
