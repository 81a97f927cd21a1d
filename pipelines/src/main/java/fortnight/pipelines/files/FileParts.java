package fortnight.pipelines.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.range.OffsetRange;

/**
 * The parts of all input files, in order, and their groups, each of which one reader reads. A
 * position in a group is the index of a part in the group, multiplied by {@link Part#MAX_OFFSET},
 * plus the offset of a byte in the part's file.
 */
record FileParts(List<Part> parts) implements Serializable {
  /** Keeps positions below 2^63. */
  private static final int MAX_GROUP_PARTS = 1 << 18;

  /** The limits of a group of small files if the number of readers is not limited. */
  private static final long MAX_SMALL_FILES_BYTES = Part.MIN_SIZE;

  private static final int MAX_SMALL_FILES = 256;

  static FileParts of(List<InputFile> files) {
    return new FileParts(files.stream().flatMap(file -> Part.of(file).stream()).toList());
  }

  /**
   * Returns groups for a number of readers, with about the same number of bytes each. If there are
   * fewer parts than readers, each part is a group.
   */
  List<Group> groups(int readers) {
    double bytes = parts.stream().mapToLong(Part::size).sum();
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    long bytesBefore = 0;
    for (int i = 0; i < parts.size(); i++) {
      int reader = parts.size() <= readers ? i : (int) (bytesBefore / bytes * readers);
      counts.merge(reader, 1, Integer::sum);
      bytesBefore += parts.get(i).size();
    }
    List<Group> groups = new ArrayList<>();
    int first = 0;
    for (int count : counts.values()) {
      for (int left = count; left > 0; left -= MAX_GROUP_PARTS) {
        groups.add(new Group(first, Math.min(left, MAX_GROUP_PARTS)));
        first += Math.min(left, MAX_GROUP_PARTS);
      }
    }
    return groups;
  }

  /**
   * Returns groups for any number of readers: one for each large part, and for some small files.
   */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean isFull =
          i - first == MAX_SMALL_FILES || bytes + parts.get(i).size() > MAX_SMALL_FILES_BYTES;
      if (i > first && (isFull || isPipe(i) || isPipe(i - 1))) {
        groups.add(new Group(first, i - first));
        first = i;
        bytes = 0;
      }
      bytes += parts.get(i).size();
    }
    if (first < parts.size()) {
      groups.add(new Group(first, parts.size() - first));
    }
    return groups;
  }

  private boolean isPipe(int part) {
    return parts.get(part).file().access() == InputFile.Access.ONCE;
  }

  List<Part> parts(Group group) {
    return parts.subList(group.first(), group.first() + group.count());
  }

  /** Returns the position of the first byte of a part's file, given the part's index in a group. */
  static long start(int part) {
    return part * Part.MAX_OFFSET;
  }

  /** Returns the index in its group of the part that contains a position. */
  static int partAt(long position) {
    return Math.toIntExact(position / Part.MAX_OFFSET);
  }

  /** Returns the approximate number of stored bytes in a range of positions of a group. */
  long size(Group group, OffsetRange range) {
    List<Part> groupParts = parts(group);
    long size = 0;
    for (int i = partAt(range.getFrom()); i < groupParts.size() && start(i) < range.getTo(); i++) {
      Part part = groupParts.get(i);
      long from = Math.max(part.from(), range.getFrom() - start(i));
      long to = Math.min(part.to(), range.getTo() - start(i));
      size += part.file().isReadAsWhole() ? part.size() : Math.max(0, to - from);
    }
    return size;
  }

  /**
   * A range of a file's bytes. Its lines are those that begin in it, even if they end after it.
   *
   * @param to the offset after the last byte; {@link #MAX_OFFSET} for a file that is read as a
   *     whole
   */
  record Part(InputFile file, long from, long to) implements Serializable {
    /** Larger than the decompressed size of any file, in bytes. */
    static final long MAX_OFFSET = 1L << 44;

    /**
     * In bytes. Parts are small enough that Flink's tasks, to which parts are assigned randomly,
     * read about the same amount, and large enough that the cost of opening a file is negligible.
     */
    static final long MIN_SIZE = 8L << 20;

    private static final long MAX_SIZE = 256L << 20;
    private static final int TARGET_PARTS = 1_000;

    /** Splits a file, unless it is read as a whole. */
    static List<Part> of(InputFile file) {
      if (file.isReadAsWhole()) {
        return List.of(new Part(file, 0, MAX_OFFSET));
      }
      long size = Math.max(MIN_SIZE, Math.min(MAX_SIZE, file.size() / TARGET_PARTS));
      return new OffsetRange(0, file.size())
          .split(size, size / 2).stream()
              .map(range -> new Part(file, range.getFrom(), range.getTo()))
              .toList();
    }

    /** The number of stored bytes. */
    long size() {
      return file.isReadAsWhole() ? file.size() : to - from;
    }
  }

  /**
   * Consecutive parts that one reader reads sequentially.
   *
   * @param first the index of the first part
   * @param count the number of parts
   */
  record Group(int first, int count) implements Serializable {
    /** All positions in the group. */
    OffsetRange range() {
      return new OffsetRange(0, FileParts.start(count));
    }
  }
}
