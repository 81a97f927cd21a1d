package fortnight.report;

import java.util.Arrays;

/** The rows of one item, or of the shop, ordered by the start of their windows. */
final class Series {
  private static final int FEW = 64;

  private final int width;
  private long[] starts = new long[FEW];
  private long[] values;
  private int size;

  /** A series without rows, whose rows will have so many values. */
  Series(int width) {
    this.width = width;
    this.values = new long[FEW * width];
  }

  /** Adds a row, which replaces one of the same window. */
  void add(long start, long... row) {
    int at = find(start);
    if (at < 0) {
      at = -at - 1;
      makeRoom(at);
      starts[at] = start;
    }
    System.arraycopy(row, 0, values, at * width, width);
  }

  private void makeRoom(int at) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      values = Arrays.copyOf(values, 2 * size * width);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(values, at * width, values, (at + 1) * width, (size - at) * width);
    size++;
  }

  int size() {
    return size;
  }

  long start(int row) {
    return starts[row];
  }

  long value(int row, int column) {
    return values[row * width + column];
  }

  boolean has(long start) {
    return find(start) >= 0;
  }

  /** A value of the row that starts there; 0 where there is none. */
  long valueAt(long start, int column) {
    int row = find(start);
    return row < 0 ? 0 : value(row, column);
  }

  /** All values of the row that starts there. */
  long[] row(long start) {
    int row = find(start);
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  /** Rows mostly come in order: then the place is at the end. */
  private int find(long start) {
    if (size > 0 && starts[size - 1] < start) {
      return -size - 1;
    }
    return Arrays.binarySearch(starts, 0, size, start);
  }
}
