package fortnight.pipelines;

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
record FileParts(List<FilePart> parts) implements Serializable {
  /** Beyond it positions are no longer numbers of 64 bits. */
  private static final int MOST_PARTS_OF_GROUP = 1 << 18;

  /** Where there is no limit to the readers, small files are grouped up to one of these. */
  private static final long SMALL_FILES_BYTES = FilePart.SMALLEST;

  private static final int SMALL_FILES = 256;

  static FileParts of(List<InputFile> files) {
    return new FileParts(files.stream().flatMap(file -> FilePart.of(file).stream()).toList());
  }

  /**
   * Groups for so many readers, about the same number of bytes for each; where there are fewer
   * parts than readers, a part for each.
   */
  List<PartGroup> groups(int readers) {
    double bytes = parts.stream().mapToLong(FilePart::size).sum();
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    long bytesBefore = 0;
    for (int i = 0; i < parts.size(); i++) {
      int reader = parts.size() <= readers ? i : (int) (bytesBefore / bytes * readers);
      counts.merge(reader, 1, Integer::sum);
      bytesBefore += parts.get(i).size();
    }
    List<PartGroup> groups = new ArrayList<>();
    int first = 0;
    for (int count : counts.values()) {
      for (int left = count; left > 0; left -= MOST_PARTS_OF_GROUP) {
        groups.add(new PartGroup(first, Math.min(left, MOST_PARTS_OF_GROUP)));
        first += Math.min(left, MOST_PARTS_OF_GROUP);
      }
    }
    return groups;
  }

  /** Groups for any number of readers: large parts alone, and small ones in handfuls. */
  List<PartGroup> groups() {
    List<PartGroup> groups = new ArrayList<>();
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean isFull = i - first == SMALL_FILES || bytes + parts.get(i).size() > SMALL_FILES_BYTES;
      if (i > first && (isFull || isPipe(i) || isPipe(i - 1))) {
        groups.add(new PartGroup(first, i - first));
        first = i;
        bytes = 0;
      }
      bytes += parts.get(i).size();
    }
    if (first < parts.size()) {
      groups.add(new PartGroup(first, parts.size() - first));
    }
    return groups;
  }

  private boolean isPipe(int part) {
    return parts.get(part).file().access() == InputFile.Access.ONCE;
  }

  List<FilePart> of(PartGroup group) {
    return parts.subList(group.first(), group.first() + group.count());
  }

  /** The position of the first byte of a part's file. */
  static long start(int part) {
    return part * FilePart.MOST_BYTES;
  }

  /** The part in which a position is. */
  static int partAt(long position) {
    return Math.toIntExact(position / FilePart.MOST_BYTES);
  }

  /** The approximate number of stored bytes between two positions of a group. */
  long size(PartGroup group, OffsetRange range) {
    List<FilePart> read = of(group);
    long size = 0;
    for (int i = partAt(range.getFrom()); i < read.size() && start(i) < range.getTo(); i++) {
      FilePart part = read.get(i);
      long from = Math.max(part.from(), range.getFrom() - start(i));
      long to = Math.min(part.to(), range.getTo() - start(i));
      size += part.file().whole() ? part.size() : Math.max(0, to - from);
    }
    return size;
  }
}
