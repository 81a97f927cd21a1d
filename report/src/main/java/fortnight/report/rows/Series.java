package fortnight.report.rows;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of one item or value, or of the shop, sorted by the start of their windows. */
public final class Series {
  private static final int INITIAL_CAPACITY = 16;

  private final int width;
  private long[] starts = new long[INITIAL_CAPACITY];
  private final Values values;
  private int size;

  /** An empty series of rows with so many values. */
  Series(int width) {
    this.width = width;
    this.values = new Values(INITIAL_CAPACITY * width);
  }

  /** Adds a row, or replaces the row of the same window. */
  void add(long start, Values row) {
    int at = indexOf(start);
    if (at < 0) {
      at = -at - 1;
      insertSpace(at);
      starts[at] = start;
    }
    values.copy(row, 0, at * width, width);
  }

  private void insertSpace(int at) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      values.resize(2 * size * width);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    values.move(at * width, (at + 1) * width, (size - at) * width);
    size++;
  }

  public int size() {
    return size;
  }

  public long start(int row) {
    return starts[row];
  }

  /** A number in units of its last decimal, or a time in milliseconds, in decimal digits. */
  public String text(int row, int column) {
    return values.text(row * width + column);
  }

  /** The ratio of two numbers of a row; NaN unless the divisor is positive. */
  double ratio(int row, int dividend, int divisor) {
    return values.ratio(row * width + dividend, row * width + divisor);
  }

  /**
   * Whether a number equals that of another column in the row whose window starts there, or is zero
   * if there is no such row; false for a number that does not fit a long.
   */
  public boolean equalsAt(long start, int other, int row, int column) {
    int at = indexOf(start);
    int place = row * width + column;
    return at < 0
        ? values.get(place) == 0
        : !values.isLarge(place) && values.get(place) == values.get(at * width + other);
  }

  /** Whether another series of the same columns has a row with the start and the values of one. */
  boolean hasRow(Series other, int row) {
    int at = indexOf(other.start(row));
    return at >= 0
        && IntStream.range(0, width)
            .allMatch(
                column -> values.equalsAt(at * width + column, other.values, row * width + column));
  }

  public boolean has(long start) {
    return indexOf(start) >= 0;
  }

  /** A value, which fits a long, of the row whose window starts there. */
  long valueAt(long start, int column) {
    return values.get(indexOf(start) * width + column);
  }

  /**
   * The index of the row whose window starts there, as binarySearch; with a fast path for rows that
   * arrive in order.
   */
  int indexOf(long start) {
    if (size > 0 && starts[size - 1] < start) {
      return -size - 1;
    }
    return Arrays.binarySearch(starts, 0, size, start);
  }
}
