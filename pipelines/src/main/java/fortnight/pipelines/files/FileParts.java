package fortnight.pipelines.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.range.OffsetRange;

/**
 * All parts that a run reads, in order, and the groups of them that readers read. A position in a
 * group is a number: the offset of a byte in its file, and the index of the part within the group
 * in the digits above.
 */
record FileParts(List<Part> parts) implements Serializable {
  /** Beyond it positions are no longer numbers of 64 bits. */
  private static final int MOST_PARTS_OF_GROUP = 1 << 18;

  /** Where there is no limit to the readers, small files are grouped up to one of these. */
  private static final long SMALL_FILES_BYTES = Part.SMALLEST;

  private static final int SMALL_FILES = 256;

  static FileParts of(List<InputFile> files) {
    return new FileParts(files.stream().flatMap(file -> Part.of(file).stream()).toList());
  }

  /**
   * Groups for so many readers, about the same number of bytes for each; where there are fewer
   * parts than readers, a part for each.
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
      for (int left = count; left > 0; left -= MOST_PARTS_OF_GROUP) {
        groups.add(new Group(first, Math.min(left, MOST_PARTS_OF_GROUP)));
        first += Math.min(left, MOST_PARTS_OF_GROUP);
      }
    }
    return groups;
  }

  /** Groups for any number of readers: large parts alone, and small ones in handfuls. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean isFull = i - first == SMALL_FILES || bytes + parts.get(i).size() > SMALL_FILES_BYTES;
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

  List<Part> of(Group group) {
    return parts.subList(group.first(), group.first() + group.count());
  }

  /** The position of the first byte of a part's file. */
  static long start(int part) {
    return part * Part.MOST_BYTES;
  }

  /** The part in which a position is. */
  static int partAt(long position) {
    return Math.toIntExact(position / Part.MOST_BYTES);
  }

  /** The approximate number of stored bytes between two positions of a group. */
  long size(Group group, OffsetRange range) {
    List<Part> read = of(group);
    long size = 0;
    for (int i = partAt(range.getFrom()); i < read.size() && start(i) < range.getTo(); i++) {
      Part part = read.get(i);
      long from = Math.max(part.from(), range.getFrom() - start(i));
      long to = Math.min(part.to(), range.getTo() - start(i));
      size += part.file().whole() ? part.size() : Math.max(0, to - from);
    }
    return size;
  }

  /**
   * A range of a file's bytes; the lines that begin in it are its lines, wherever they end.
   *
   * @param to the byte behind it; of what is read whole, whose size nobody knows, a large number
   */
  record Part(InputFile file, long from, long to) implements Serializable {
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
    static List<Part> of(InputFile file) {
      if (file.whole()) {
        return List.of(new Part(file, 0, MOST_BYTES));
      }
      long size = Math.max(SMALLEST, Math.min(LARGEST, file.size() / ENOUGH));
      return new OffsetRange(0, file.size())
          .split(size, size / 2).stream()
              .map(range -> new Part(file, range.getFrom(), range.getTo()))
              .toList();
    }

    /** Of bytes, as stored. */
    long size() {
      return file.whole() ? file.size() : to - from;
    }
  }

  /**
   * Consecutive parts that one reader reads, one after another.
   *
   * @param first the index of the first part
   * @param count how many there are
   */
  record Group(int first, int count) implements Serializable {
    OffsetRange all() {
      return new OffsetRange(0, FileParts.start(count));
    }
  }
}
