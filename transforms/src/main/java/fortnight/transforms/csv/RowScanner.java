package fortnight.transforms.csv;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.CsvCharset;

/**
 * Finds the end of a CSV row in bytes, which may arrive in several parts.
 *
 * <p>A row ends at CR, LF, or CRLF outside of quotes. A quoted field begins with a quotation mark
 * at the start of a field; in it, two quotation marks are one. If a quoted field is not closed, or
 * continues after its closing quotation mark, the row ends at the first line end after the opening
 * one, so that a stray quotation mark invalidates one line, and not those that follow.
 *
 * <p>Offsets are relative to the start of the row. The time is linear in the number of bytes, since
 * a field that is not closed contains no start of another one.
 */
public final class RowScanner {
  /** The result of {@link #scan} if the end of the row is not among the bytes so far. */
  public static final int NOT_FOUND = -1;

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
  private int offset;

  /** The offset of the first line end in the current quoted field. */
  private int lineEndInField = NOT_FOUND;

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

  /** Begins a row that ends at the next line end, whatever quotation marks precede it. */
  public void beginAtLineEnd() {
    begin();
    state = State.INVALID;
  }

  /**
   * Continues to scan the row that begins at {@code array[rowStart]}.
   *
   * @param limit the end of the bytes so far
   * @return the offset of the CR or LF that ends the row, or {@link #NOT_FOUND}
   */
  public int scan(byte[] array, int rowStart, int limit) {
    int unit = charset.unit();
    int at = rowStart + offset;
    while (at + unit <= limit) {
      if (unit == 1 && state == State.UNQUOTED) {
        at = endOfPlain(array, at, limit);
        if (at == limit) {
          break;
        }
      }
      int c = charset.unitAt(array, at);
      boolean isLineEnd = c == '\n' || c == '\r';
      if (isLineEnd && state != State.QUOTED) {
        return at - rowStart;
      }
      if (isLineEnd && lineEndInField == NOT_FOUND) {
        lineEndInField = at - rowStart;
      } else if (c == '"') {
        quotationMark();
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
    int length = scan(array, rowStart, limit);
    if (length == NOT_FOUND) {
      return false;
    }
    for (int at = rowStart + length; at + charset.unit() <= limit; at += charset.unit()) {
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

  private void delimiter() {
    if (state == State.CLOSED || state == State.UNQUOTED) {
      state = State.FIELD_START;
    }
  }

  private void quotationMark() {
    switch (state) {
      case FIELD_START -> {
        state = State.QUOTED;
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
  public int lineEndInField() {
    return state == State.QUOTED || state == State.CLOSED ? lineEndInField : NOT_FOUND;
  }

  /** Returns whether a quoted field is open. */
  public boolean isInQuotes() {
    return state == State.QUOTED;
  }
}
