package fortnight.pipelines.files;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Opens files at any byte, and keeps readers open where a runner stops the reading of compressed
 * content or of a pipe to resume it later: there is no cheap way back to the same byte, or none.
 */
public final class OpenFiles {
  private record Place(String path, long position) {}

  /** Pipes that this run has opened; a task that is restarted would miss what was read before. */
  private static final Set<String> OPENED_PIPES = ConcurrentHashMap.newKeySet();

  private static final Map<Place, BatchReader> KEPT = new ConcurrentHashMap<>();

  private OpenFiles() {}

  /** A reader of the lines that begin at or behind a position in a group of parts. */
  static BatchReader reader(List<FileParts.Part> parts, long position) {
    BatchReader kept = KEPT.remove(place(parts, position));
    return kept != null ? kept : new BatchReader(parts, position);
  }

  /** Keeps a reader that will be asked for again at a position. */
  static void keep(List<FileParts.Part> parts, long position, BatchReader reader)
      throws IOException {
    BatchReader other = KEPT.put(place(parts, position), reader);
    close(other);
  }

  /** Closes what is still kept after a run that failed or was stopped. */
  public static void closeAll() throws IOException {
    for (BatchReader kept : List.copyOf(KEPT.values())) {
      kept.close();
    }
    KEPT.clear();
    OPENED_PIPES.clear();
  }

  private static Place place(List<FileParts.Part> parts, long position) {
    int part = FileParts.partAt(position);
    return new Place(parts.get(part).file().path(), position - FileParts.start(part));
  }

  /** A reader whose next line is the first that begins at or behind this byte. */
  static LineReader open(InputFile file, long from) throws IOException {
    boolean isPipe = file.access() == InputFile.Access.ONCE;
    if (isPipe && (from != 0 || !OPENED_PIPES.add(file.path()))) {
      throw new IOException("it is a pipe, which can be read once only; write it to a file first");
    }
    if (from == 0) {
      return new LineReader(InputContent.open(file), file.origin(), 0, capacity(file));
    }
    // The line that holds the byte before this one is not ours; it may end with that very byte.
    long position = from - 1;
    if (!file.whole()) {
      LineReader lines =
          new LineReader(
              InputContent.openAt(file, position), file.origin(), position, capacity(file));
      lines.next();
      return lines;
    }
    LineReader lines = new LineReader(InputContent.open(file), file.origin(), 0, LineReader.BUFFER);
    while (lines.position() < from && lines.next() != null) {}
    return lines;
  }

  /** A small file has a small buffer, which lives as long as its lines. */
  private static int capacity(InputFile file) {
    return file.whole() ? LineReader.BUFFER : (int) Math.min(LineReader.BUFFER, file.size() + 1);
  }

  private static void close(@Nullable BatchReader reader) throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
