package fortnight.report.rows;

import java.util.Arrays;

/** The rows of one item, or of the shop, sorted by the start of their windows. */
public final class Series {
  private static final int INITIAL_CAPACITY = 64;

  private final int width;
  private long[] starts = new long[INITIAL_CAPACITY];
  private long[] values;
  private int size;

  /** An empty series of rows with so many values. */
  Series(int width) {
    this.width = width;
    this.values = new long[INITIAL_CAPACITY * width];
  }

  /** Adds a row, or replaces the row of the same window. */
  void add(long start, long... row) {
    int at = find(start);
    if (at < 0) {
      at = -at - 1;
      insertSpace(at);
      starts[at] = start;
    }
    System.arraycopy(row, 0, values, at * width, width);
  }

  private void insertSpace(int at) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      values = Arrays.copyOf(values, 2 * size * width);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(values, at * width, values, (at + 1) * width, (size - at) * width);
    size++;
  }

  public int size() {
    return size;
  }

  public long start(int row) {
    return starts[row];
  }

  public long value(int row, int column) {
    return values[row * width + column];
  }

  boolean has(long start) {
    return find(start) >= 0;
  }

  /** A value of the row whose window starts there; 0 if there is none. */
  public long valueAt(long start, int column) {
    int row = find(start);
    return row < 0 ? 0 : value(row, column);
  }

  /** All values of the row whose window starts there. */
  long[] row(long start) {
    int row = find(start);
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  /** Like binarySearch, with a fast path for rows that arrive in order. */
  private int find(long start) {
    if (size > 0 && starts[size - 1] < start) {
      return -size - 1;
    }
    return Arrays.binarySearch(starts, 0, size, start);
  }
}
