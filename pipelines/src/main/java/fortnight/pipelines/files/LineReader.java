package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;

import fortnight.transforms.Payload;
import fortnight.transforms.parse.ByteScanner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Cuts bytes into lines and knows where each begins. A line ends at LF; a CR before it is no part
 * of the line.
 *
 * <p>Lines are handed out as slices of the buffer they were read into, so a buffer is never written
 * again where a line was found in it. A line beyond the largest record is not kept, only measured.
 */
final class LineReader implements Closeable {
  static final int BUFFER = 1 << 16;

  private final ReadableByteChannel channel;
  private final String origin;

  private byte[] buffer;
  private long bufferPosition;
  private long lastPosition;
  private int lineStart;
  private int scanned;
  private int limit;
  private boolean atEnd;

  /**
   * Reads lines from here on.
   *
   * @param position the offset in the file of the channel's next byte, with which a line begins
   */
  LineReader(ReadableByteChannel channel, String origin, long position) {
    this(channel, origin, position, BUFFER);
  }

  /**
   * The same with a buffer for a small file.
   *
   * @param capacity of the first buffer, in bytes, at least 1
   */
  LineReader(ReadableByteChannel channel, String origin, long position, int capacity) {
    this.channel = channel;
    this.origin = origin;
    this.bufferPosition = position;
    this.buffer = new byte[capacity];
  }

  /** Offset in the file at which the next line begins. */
  long position() {
    return bufferPosition + lineStart;
  }

  /** Offset in the file at which the last line began. */
  long lastPosition() {
    return lastPosition;
  }

  /** Whether there is no further line. */
  boolean isAtEnd() {
    return atEnd && lineStart == limit;
  }

  /** The next line; null at the end of the file. */
  @Nullable Payload next() throws IOException {
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

  /** Keeps the beginning of the line, and counts the rest of it. */
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

  /** Reads more behind what the buffer holds; false at the end of the file. */
  private boolean fill() throws IOException {
    if (limit == buffer.length) {
      makeRoom();
    }
    while (!atEnd) {
      int count = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
      atEnd = count < 0;
      if (count > 0) {
        limit += count;
        return true;
      }
    }
    return false;
  }

  /** Moves the unfinished line into a new buffer: lines of the old one may still be in use. */
  private void makeRoom() {
    int unfinished = limit - lineStart;
    byte[] larger = new byte[Math.max(BUFFER, 2 * unfinished)];
    System.arraycopy(buffer, lineStart, larger, 0, unfinished);
    buffer = larger;
    bufferPosition += lineStart;
    scanned -= lineStart;
    limit = unfinished;
    lineStart = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
