package fortnight.pipelines;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.io.range.OffsetRange;

/**
 * A range of a file's bytes; the lines that begin in it are its lines, wherever they end.
 *
 * @param to the byte behind it; of what is read whole, whose size nobody knows, a large number
 */
record FilePart(InputFile file, long from, long to) implements Serializable {
  /** No file has so many bytes, unpacked or not. */
  static final long MOST_BYTES = 1L << 44;

  /**
   * Of bytes: so many parts that Flink's tasks, to which they come by chance, have about the same
   * to read, and so few that opening a file costs nothing beside.
   */
  static final long SMALLEST = 8L << 20;

  private static final long LARGEST = 256L << 20;
  private static final int ENOUGH = 1_000;

  /** Cuts a file, if it can be. */
  static List<FilePart> of(InputFile file) {
    if (file.whole()) {
      return List.of(new FilePart(file, 0, MOST_BYTES));
    }
    long size = Math.max(SMALLEST, Math.min(LARGEST, file.size() / ENOUGH));
    return new OffsetRange(0, file.size())
        .split(size, size / 2).stream()
            .map(range -> new FilePart(file, range.getFrom(), range.getTo()))
            .toList();
  }

  /** Of bytes, as stored. */
  long size() {
    return file.whole() ? file.size() : to - from;
  }
}
