package fortnight.pipelines;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.range.OffsetRange;

/**
 * What one reader reads, part after part. A position in it is a number: the offset of a byte in its
 * file, and the part in the digits above.
 */
record FileParts(List<FilePart> parts) implements Serializable {
  /**
   * Deals files to readers, to each about the same number of bytes and those in order; where there
   * are fewer parts than readers, a part to each.
   */
  static List<FileParts> deal(List<InputFile> files, int readers) {
    List<FilePart> all = files.stream().flatMap(file -> FilePart.of(file).stream()).toList();
    double bytes = all.stream().mapToLong(FilePart::size).sum();
    TreeMap<Integer, List<FilePart>> dealt = new TreeMap<>();
    int before = 0;
    long bytesBefore = 0;
    for (FilePart part : all) {
      int reader = all.size() <= readers ? before : (int) (bytesBefore / bytes * readers);
      dealt.computeIfAbsent(reader, key -> new ArrayList<>()).add(part);
      before++;
      bytesBefore += part.size();
    }
    return dealt.values().stream().map(FileParts::new).toList();
  }

  /** The position of the first byte of a part's file. */
  static long start(int part) {
    return part * FilePart.MOST_BYTES;
  }

  /** The part in which a position is. */
  static int partAt(long position) {
    return Math.toIntExact(position / FilePart.MOST_BYTES);
  }

  OffsetRange all() {
    return new OffsetRange(0, start(parts.size()));
  }

  /** About how many stored bytes are between two positions. */
  long size(OffsetRange range) {
    long size = 0;
    for (int i = partAt(range.getFrom()); i < parts.size() && start(i) < range.getTo(); i++) {
      FilePart part = parts.get(i);
      long from = Math.max(part.from(), range.getFrom() - start(i));
      long to = Math.min(part.to(), range.getTo() - start(i));
      size += part.file().whole() ? part.size() : Math.max(0, to - from);
    }
    return size;
  }
}
