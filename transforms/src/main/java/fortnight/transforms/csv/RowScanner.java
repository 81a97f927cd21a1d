package fortnight.transforms.csv;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.CsvCharset;

/**
 * Finds the end of a CSV row in bytes, which may arrive in several parts.
 *
 * <p>A row ends at CR, LF, or CRLF outside of quotes. A quoted field begins with a quotation mark
 * at the start of a field; in it, two quotation marks are one. If a quoted field is not closed, or
 * continues after its closing quotation mark, the row ends at the first line end after the opening
 * one, so that a stray quotation mark invalidates one line, and not those that follow. A field with
 * a line end counts as not closed if it has more than {@link #MAX_QUOTED} bytes with its quotation
 * marks.
 *
 * <p>Offsets are relative to the start of the row. If each row begins after the line end of the
 * last one, no byte is scanned more than twice, however many fields are not closed. The reason is
 * that a field which is not closed contains quotation marks only in pairs, up to the byte at which
 * this is known. In the rows that begin in it, none of these pairs leaves a field open. The next
 * field that is open at a line end is therefore open after that byte, and the bytes that the row
 * has after this line end were not scanned before.
 */
public final class RowScanner {
  /** The result of {@link #scan} if the end of the row is not among the bytes so far. */
  public static final int NOT_FOUND = -1;

  /** The maximum size of a quoted field with a line end, in bytes with its quotation marks. */
  public static final int MAX_QUOTED = 16 << 20;

  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    /** After a quotation mark in a quoted field, which closes the field or is the first of two. */
    CLOSED,
    /** After a field that continues after its closing quotation mark. */
    INVALID
  }

  private final CsvCharset charset;
  private final char delimiter;

  private State state = State.FIELD_START;
  private long offset;

  /** The offset of the quotation mark that opened the current quoted field. */
  private long fieldStart;

  /** The offset of the first line end in the current quoted field. */
  private long lineEndInField = NOT_FOUND;

  public RowScanner(CsvCharset charset, char delimiter) {
    this.charset = charset;
    this.delimiter = delimiter;
  }

  /** Begins a new row. */
  public void begin() {
    state = State.FIELD_START;
    offset = 0;
    lineEndInField = NOT_FOUND;
  }

  /**
   * Continues to scan the row that begins at {@code array[rowStart]}.
   *
   * @param rowStart negative if the array no longer has the first bytes of the row, which were
   *     scanned before
   * @param limit the end of the bytes so far
   * @return the offset of the CR or LF that ends the row, or {@link #NOT_FOUND}
   */
  public long scan(byte[] array, long rowStart, int limit) {
    int unit = charset.unit();
    int at = (int) (rowStart + offset);
    while (at + unit <= limit) {
      if (state == State.QUOTED && lineEndInField != NOT_FOUND) {
        long maxEnd = rowStart + fieldStart + MAX_QUOTED;
        at = endOfQuoted(array, at, Math.min(limit, maxEnd));
        if (at >= maxEnd) {
          return lineEndInField;
        }
      } else if (unit == 1 && state == State.UNQUOTED) {
        at = endOfPlain(array, at, limit);
      }
      if (at + unit > limit) {
        break;
      }
      int c = charset.unitAt(array, at);
      boolean isLineEnd = c == '\n' || c == '\r';
      if (isLineEnd && state != State.QUOTED) {
        return at - rowStart;
      }
      if (isLineEnd && lineEndInField == NOT_FOUND) {
        lineEndInField = at - rowStart;
      } else if (c == '"') {
        quotationMark(at - rowStart);
      } else if (c == delimiter) {
        delimiter();
      } else if (state == State.FIELD_START) {
        state = State.UNQUOTED;
      } else if (state == State.CLOSED) {
        state = State.INVALID;
        if (lineEndInField != NOT_FOUND) {
          return lineEndInField;
        }
      }
      at += unit;
    }
    offset = at - rowStart;
    return NOT_FOUND;
  }

  /** Returns whether the row at the start of a payload ends, and more than line ends follow. */
  public boolean hasFurtherRow(Payload payload) {
    byte[] array = payload.array();
    int rowStart = payload.from();
    int limit = rowStart + payload.length();
    begin();
    long length = scan(array, rowStart, limit);
    if (length == NOT_FOUND) {
      return false;
    }
    for (int at = rowStart + (int) length; at + charset.unit() <= limit; at += charset.unit()) {
      int c = charset.unitAt(array, at);
      if (c != '\n' && c != '\r') {
        return true;
      }
    }
    return false;
  }

  /** Returns the index of the first byte that can end an unquoted field; {@code limit} if none. */
  private int endOfPlain(byte[] array, int from, int limit) {
    int at = from;
    while (at < limit && array[at] != delimiter && (array[at] > '\r' || array[at] < 0)) {
      at++;
    }
    return at;
  }

  /** Returns the index of the next quotation mark, or of the first unit that ends after a limit. */
  private int endOfQuoted(byte[] array, int from, long limit) {
    int unit = charset.unit();
    int at = from;
    while (at + unit <= limit && charset.unitAt(array, at) != '"') {
      at += unit;
    }
    return at;
  }

  private void delimiter() {
    if (state == State.CLOSED || state == State.UNQUOTED) {
      state = State.FIELD_START;
    }
  }

  private void quotationMark(long at) {
    switch (state) {
      case FIELD_START -> {
        state = State.QUOTED;
        fieldStart = at;
        lineEndInField = NOT_FOUND;
      }
      case QUOTED -> state = State.CLOSED;
      case CLOSED -> state = State.QUOTED;
      default -> {}
    }
  }

  /**
   * Returns the offset of the first line end in the quoted field that was scanned last; {@link
   * #NOT_FOUND} if it has none, or another field follows.
   */
  public long lineEndInField() {
    return state == State.QUOTED || state == State.CLOSED ? lineEndInField : NOT_FOUND;
  }

  /** Returns the length that the row has at least, whatever follows the bytes so far. */
  public long minLength() {
    long lineEnd = lineEndInField();
    return lineEnd == NOT_FOUND ? offset : lineEnd;
  }

  /** Returns whether a quoted field is open. */
  public boolean isInQuotes() {
    return state == State.QUOTED;
  }
}
