package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;

import fortnight.transforms.Payload;
import fortnight.transforms.parse.ByteScanner;
import java.io.IOException;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits bytes into lines and provides their offsets. A line ends at LF; a CR before it is not part
 * of the line. Of a line that exceeds {@link Payload#MAX_SIZE}, only the first bytes and the size
 * are kept.
 */
final class LineReader implements RecordReader {
  private static final int NOT_FOUND = -1;

  private final ReadBuffer buffer;
  private final String origin;

  private long lastPosition;

  /** The number of bytes of the next line that are known to have no LF. */
  private int scanned;

  /** Creates a reader of a buffer whose next byte begins a line. */
  LineReader(ReadBuffer buffer, String origin) {
    this.buffer = buffer;
    this.origin = origin;
  }

  @Override
  public long position() {
    return buffer.position();
  }

  @Override
  public long lastPosition() {
    return lastPosition;
  }

  @Override
  public boolean isAtEnd() {
    return buffer.isAtEnd();
  }

  @Override
  public @Nullable Payload next() throws IOException {
    lastPosition = position();
    scanned = 0;
    while (true) {
      int length = lengthToNewline();
      if (length != NOT_FOUND) {
        return line(length);
      }
      if (buffer.length() > MAX_SIZE + 1) {
        return tooLarge();
      }
      if (!buffer.fill()) {
        return buffer.length() == 0 ? null : line(buffer.length());
      }
    }
  }

  private int lengthToNewline() {
    int newline =
        ByteScanner.indexOfNewline(buffer.array(), buffer.start() + scanned, buffer.limit());
    if (newline < buffer.limit()) {
      return newline - buffer.start();
    }
    scanned = buffer.length();
    return NOT_FOUND;
  }

  private Payload line(int length) {
    Payload line = buffer.record(origin, withoutCr(length));
    skipLine(length);
    return line;
  }

  private int withoutCr(int length) {
    boolean hasCr = length > 0 && buffer.array()[buffer.start() + length - 1] == '\r';
    return hasCr ? length - 1 : length;
  }

  /** Skips the bytes before an LF or the end of the file, and the LF. */
  private void skipLine(int length) {
    buffer.skip(Math.min(length + 1, buffer.length()));
  }

  /** Keeps the first bytes of the line, and counts the others. */
  private Payload tooLarge() throws IOException {
    byte[] kept =
        Arrays.copyOfRange(buffer.array(), buffer.start(), buffer.start() + KEPT_OF_TOO_LARGE);
    int length = NOT_FOUND;
    while (length == NOT_FOUND) {
      // The last byte remains, because it is not part of the line if it is a CR before an LF.
      buffer.skip(buffer.length() - 1);
      buffer.trim();
      scanned = 1;
      length = buffer.fill() ? lengthToNewline() : buffer.length();
    }
    long size = position() + withoutCr(length) - lastPosition;
    skipLine(length);
    return new Payload(origin, lastPosition, kept, 0, kept.length, size);
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
