package fortnight.pipelines.files;

import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens files at any byte, and keeps readers open between bundles: if a runner stops the reading of
 * a compressed file, reopening at the same byte is expensive; for a pipe it is impossible.
 */
public final class OpenFiles {
  private record Location(String path, long position) {}

  /** The pipes that this run has opened. A restarted task cannot read a pipe again. */
  private static final Set<String> OPENED_PIPES = ConcurrentHashMap.newKeySet();

  private static final ConcurrentHashMap<Location, BatchReader> KEPT = new ConcurrentHashMap<>();

  private OpenFiles() {}

  /** Returns a reader of the records that begin at or after a position in a group of parts. */
  static BatchReader reader(List<FileParts.Part> parts, long position) {
    BatchReader kept = KEPT.remove(location(parts, position));
    return kept != null ? kept : new BatchReader(parts, position);
  }

  /** Keeps a reader open until {@link #reader} is called for this position. */
  static void keep(List<FileParts.Part> parts, long position, BatchReader reader)
      throws IOException {
    BatchReader replaced = KEPT.put(location(parts, position), reader);
    if (replaced != null) {
      replaced.close();
    }
  }

  /** Closes the readers that are still open after a run that failed or was stopped. */
  public static void closeAll() throws IOException {
    for (BatchReader kept : List.copyOf(KEPT.values())) {
      kept.close();
    }
    KEPT.clear();
    OPENED_PIPES.clear();
  }

  private static Location location(List<FileParts.Part> parts, long position) {
    int part = FileParts.partAt(position);
    return new Location(parts.get(part).file().path(), position - FileParts.start(part));
  }

  /** Returns a reader whose next record is the first that begins at or after a byte of the file. */
  static RecordReader open(InputFile file, long from) throws IOException {
    boolean isPipe = file.access() == InputFile.Access.ONCE;
    if (isPipe && (from != 0 || !OPENED_PIPES.add(file.path()))) {
      throw new IOException("it is a pipe, which can be read only once; write it to a file first");
    }
    if (from > 0 && !file.isReadAsWhole()) {
      // The line that contains the byte before this one is skipped; it may end with that byte.
      long position = from - 1;
      RecordReader lines =
          new LineReader(
              InputContent.openAt(file, position), file.origin(), position, bufferSize(file));
      lines.next();
      return lines;
    }
    RecordReader records = open(file);
    while (records.position() < from && records.next() != null) {}
    return records;
  }

  private static RecordReader open(InputFile file) throws IOException {
    if (file.encoding().equals(RecordEncoding.AVRO)) {
      return AvroFileReader.open(InputContent.stream(file), file.origin());
    }
    return new LineReader(InputContent.open(file), file.origin(), 0, bufferSize(file));
  }

  /** Small files get small buffers, because a buffer is referenced as long as its lines are. */
  private static int bufferSize(InputFile file) {
    return file.isReadAsWhole()
        ? LineReader.BUFFER
        : (int) Math.min(LineReader.BUFFER, file.size() + 1);
  }
}
