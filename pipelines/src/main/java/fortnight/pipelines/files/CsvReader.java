package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;

import fortnight.transforms.Payload;
import fortnight.transforms.csv.RowScanner;
import fortnight.transforms.formats.CsvCharset;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits a channel into rows of CSV and provides their offsets. Blank rows, a byte-order mark and
 * the header are skipped; the mark and the header are the preamble of each row.
 *
 * <p>Rows are slices of the buffer into which they were read, so the part of a buffer that contains
 * rows is never overwritten. Of a row that exceeds {@link Payload#MAX_SIZE} without a quoted line
 * end, only the first bytes and the size are kept.
 */
final class CsvReader implements RecordReader {
  private static final int MAX_MARK = 4;

  private final ReadableByteChannel channel;
  private final String origin;
  private final RecordEncoding.Csv encoding;

  private byte[] buffer;
  private long bufferPosition;
  private long lastPosition;
  private int rowStart;
  private int limit;
  private boolean isEndOfChannel;

  private CsvCharset charset;
  private RowScanner scanner;
  private byte @Nullable [] preamble;

  /** Creates a reader of a channel that begins with the first byte of the file. */
  CsvReader(ReadableByteChannel channel, String origin, RecordEncoding.Csv encoding) {
    this(channel, origin, encoding, LineReader.BUFFER);
  }

  /**
   * Creates a reader with a first buffer of another size.
   *
   * @param capacity the size of the first buffer, in bytes, at least 4
   */
  CsvReader(ReadableByteChannel channel, String origin, RecordEncoding.Csv encoding, int capacity) {
    this.channel = channel;
    this.origin = origin;
    this.encoding = encoding;
    this.buffer = new byte[capacity];
  }

  @Override
  public long position() {
    return bufferPosition + rowStart;
  }

  @Override
  public long lastPosition() {
    return lastPosition;
  }

  @Override
  public boolean isAtEnd() {
    return isEndOfChannel && rowStart == limit;
  }

  @Override
  public @Nullable Payload next() throws IOException {
    if (preamble == null) {
      readPreamble();
    }
    Payload row = nonBlankRow();
    return row == null || preamble.length == 0 ? row : row.withPreamble(preamble);
  }

  private void readPreamble() throws IOException {
    while (limit < MAX_MARK && fill()) {}
    charset = CsvCharset.of(encoding.decoder(), buffer, 0, limit);
    scanner = new RowScanner(charset, encoding.delimiter());
    rowStart = charset.markLength();
    byte[] mark = Arrays.copyOf(buffer, rowStart);
    Payload header = encoding.hasHeader() ? nonBlankRow() : null;
    if (header == null) {
      preamble = mark;
    } else {
      preamble = Arrays.copyOf(mark, mark.length + header.length());
      System.arraycopy(header.array(), header.from(), preamble, mark.length, header.length());
    }
  }

  private @Nullable Payload nonBlankRow() throws IOException {
    Payload row = row();
    while (row != null && isBlank(row)) {
      row = row();
    }
    return row;
  }

  private boolean isBlank(Payload row) {
    int unit = charset.unit();
    int at = row.from();
    int end = row.from() + row.length();
    while (at + unit <= end) {
      int c = charset.unitAt(row.array(), at);
      if ((c != ' ' && c != '\t') || c == encoding.delimiter()) {
        return false;
      }
      at += unit;
    }
    return at == end && !row.tooLarge();
  }

  /** Returns the next row, which may be blank; null at the end of the file. */
  private @Nullable Payload row() throws IOException {
    lastPosition = position();
    scanner.begin();
    int maxScanned = MAX_SIZE + charset.unit();
    while (true) {
      int length = scanner.scan(buffer, rowStart, Math.min(limit, rowStart + maxScanned));
      if (length != RowScanner.NOT_FOUND) {
        return row(length);
      }
      if (limit - rowStart >= maxScanned) {
        int lineEnd = scanner.lineEndInField();
        return lineEnd == RowScanner.NOT_FOUND ? tooLarge(maxScanned) : row(lineEnd);
      }
      if (!fill()) {
        return lastRow();
      }
    }
  }

  /** Returns the row that the end of the file ends. */
  private @Nullable Payload lastRow() throws IOException {
    int lineEnd = scanner.lineEndInField();
    if (scanner.isInQuotes() && lineEnd != RowScanner.NOT_FOUND) {
      return row(lineEnd);
    }
    if (rowStart == limit) {
      return null;
    }
    Payload row = payload(limit - rowStart);
    rowStart = limit;
    return row;
  }

  /** Returns a row whose length, without the line end that follows, is known. */
  private Payload row(int length) throws IOException {
    Payload row = payload(length);
    rowStart += length;
    skipLineEnd();
    return row;
  }

  private Payload payload(int length) {
    int kept = length > MAX_SIZE ? KEPT_OF_TOO_LARGE : length;
    return new Payload(origin, position(), buffer, rowStart, kept, length);
  }

  /** Skips the CR, LF, or CRLF at the start of the next row. */
  private void skipLineEnd() throws IOException {
    int unit = charset.unit();
    boolean isCr = charset.unitAt(buffer, rowStart) == '\r';
    rowStart += unit;
    while (isCr && limit - rowStart < unit && fill()) {}
    if (isCr && limit - rowStart >= unit && charset.unitAt(buffer, rowStart) == '\n') {
      rowStart += unit;
    }
  }

  /** Keeps the first bytes of the row, and counts the others up to the next line end. */
  private Payload tooLarge(int scanned) throws IOException {
    byte[] kept = Arrays.copyOfRange(buffer, rowStart, rowStart + KEPT_OF_TOO_LARGE);
    long start = position();
    rowStart += scanned;
    int length = lengthToLineEnd();
    while (length == RowScanner.NOT_FOUND) {
      int unit = charset.unit();
      rowStart += (limit - rowStart) / unit * unit; // Keeps an incomplete unit.
      replaceBuffer();
      length = fill() ? lengthToLineEnd() : limit - rowStart;
    }
    rowStart += length;
    long size = position() - start;
    if (rowStart < limit) {
      skipLineEnd();
    }
    return new Payload(origin, start, kept, 0, kept.length, size);
  }

  private int lengthToLineEnd() {
    scanner.beginAtLineEnd();
    return scanner.scan(buffer, rowStart, limit);
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

  /** Copies the incomplete row into a new buffer, because rows in the old one may be in use. */
  private void replaceBuffer() {
    int incomplete = limit - rowStart;
    byte[] larger = new byte[Math.max(LineReader.BUFFER, 2 * incomplete)];
    System.arraycopy(buffer, rowStart, larger, 0, incomplete);
    buffer = larger;
    bufferPosition += rowStart;
    limit = incomplete;
    rowStart = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
