package fortnight.pipelines.files;

import static fortnight.transforms.Payload.KEPT_OF_TOO_LARGE;
import static fortnight.transforms.Payload.MAX_SIZE;

import fortnight.transforms.Payload;
import fortnight.transforms.csv.RowScanner;
import fortnight.transforms.formats.CsvCharset;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits bytes into rows of CSV and provides their offsets. Blank rows, a byte-order mark and the
 * header are skipped; the mark and the header are the preamble of each row. Of a row that exceeds
 * {@link Payload#MAX_SIZE}, only the first bytes and the size are kept.
 *
 * <p>The buffer grows to 34 MiB at most, twice the sum of {@link Payload#MAX_SIZE} and {@link
 * RowScanner#MAX_QUOTED}: it contains a row of which it is not known yet whether it is too large,
 * or the bytes after a line end of which it is not known yet whether it is in quotes.
 */
final class CsvReader implements RecordReader {
  private static final int MAX_MARK = 4;

  private final ReadBuffer buffer;
  private final String origin;
  private final RecordEncoding.Csv encoding;
  private final long from;

  private CsvCharset charset;
  private RowScanner scanner;
  private byte @Nullable [] preamble;

  private long lastPosition;

  /** The first bytes of the current row if it is too large; null otherwise. */
  private byte @Nullable [] kept;

  /**
   * Creates a reader.
   *
   * @param buffer begins with the first byte of the file
   * @param from rows that begin before this offset are skipped
   */
  CsvReader(ReadBuffer buffer, String origin, RecordEncoding.Csv encoding, long from) {
    this.buffer = buffer;
    this.origin = origin;
    this.encoding = encoding;
    this.from = from;
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
    if (preamble == null) {
      readPreamble();
    }
    Payload row = nonBlankRow();
    while (row != null && row.position() < from) {
      row = nonBlankRow();
    }
    return row == null || preamble.length == 0 ? row : row.withPreamble(preamble);
  }

  private void readPreamble() throws IOException {
    while (buffer.length() < MAX_MARK && buffer.fill()) {}
    charset = CsvCharset.of(encoding.decoder(), buffer.array(), buffer.start(), buffer.length());
    scanner = new RowScanner(charset, encoding.delimiter());
    byte[] mark = buffer.record(origin, charset.markLength()).bytes();
    buffer.skip(mark.length);
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
    kept = null;
    scanner.begin();
    long length = scan();
    while (length == RowScanner.NOT_FOUND) {
      length = buffer.fill() ? scan() : lengthToEndOfFile();
    }
    if (buffer.isAtEnd() && length == 0) {
      return null;
    }
    Payload row =
        kept == null
            ? buffer.record(origin, (int) length)
            : new Payload(origin, lastPosition, kept, 0, kept.length, length);
    skipTo(length);
    if (!buffer.isAtEnd()) {
      skipLineEnd();
    }
    return row;
  }

  /** Continues to scan the row, and removes bytes of it from the buffer if it is too large. */
  private long scan() {
    long rowStart = buffer.indexOf(lastPosition);
    long length = scanner.scan(buffer.array(), rowStart, buffer.limit());
    long minLength = length == RowScanner.NOT_FOUND ? scanner.minLength() : length;
    if (minLength > MAX_SIZE) {
      if (kept == null) {
        int start = buffer.start();
        kept = Arrays.copyOfRange(buffer.array(), start, start + KEPT_OF_TOO_LARGE);
      }
      skipTo(minLength);
      buffer.trim();
    }
    return length;
  }

  private long lengthToEndOfFile() {
    long lineEnd = scanner.lineEndInField();
    return scanner.isInQuotes() && lineEnd != RowScanner.NOT_FOUND
        ? lineEnd
        : position() + buffer.length() - lastPosition;
  }

  /** Removes the bytes of the row before an offset in it. */
  private void skipTo(long offset) {
    buffer.skip((int) (lastPosition + offset - position()));
  }

  /** Skips the CR, LF, or CRLF at the start of the next row. */
  private void skipLineEnd() throws IOException {
    int unit = charset.unit();
    boolean isCr = charset.unitAt(buffer.array(), buffer.start()) == '\r';
    buffer.skip(unit);
    while (isCr && buffer.length() < unit && buffer.fill()) {}
    if (isCr && buffer.length() >= unit && charset.unitAt(buffer.array(), buffer.start()) == '\n') {
      buffer.skip(unit);
    }
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
