package fortnight.pipelines;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Opens files at any byte. A file that is read whole has no cheap way back to its middle: where a
 * runner stops such a reading to resume it later, the open file waits here.
 */
final class OpenFiles {
  private record Place(String path, long position) {}

  private static final Map<Place, LineReader> WAITING = new ConcurrentHashMap<>();

  private OpenFiles() {}

  /** A reader that stands at the first line that begins at or behind this byte. */
  static LineReader take(InputFile file, long from) throws IOException {
    LineReader waiting = WAITING.remove(new Place(file.path(), from));
    return waiting != null ? waiting : open(file, from);
  }

  /** Where a range was not read to its end, its rest begins one byte behind the last line taken. */
  static void giveBack(InputFile file, LineReader lines) throws IOException {
    if (!file.whole() || lines.isAtEnd()) {
      lines.close();
      return;
    }
    LineReader other = WAITING.put(new Place(file.path(), lines.lastPosition() + 1), lines);
    close(other);
  }

  /** Closes what still waits: after a run that came to no end, nobody resumes it. */
  static void closeAll() throws IOException {
    for (LineReader waiting : List.copyOf(WAITING.values())) {
      waiting.close();
    }
    WAITING.clear();
  }

  private static LineReader open(InputFile file, long from) throws IOException {
    ReadableByteChannel channel = open(file);
    if (from == 0) {
      return new LineReader(channel, file.origin(), 0);
    }
    // The line that holds the byte before this one is not ours; it may end with that very byte.
    long position = from - 1;
    if (!file.whole()) {
      ((SeekableByteChannel) channel).position(position);
      LineReader lines = new LineReader(channel, file.origin(), position);
      lines.next();
      return lines;
    }
    LineReader lines = new LineReader(channel, file.origin(), 0);
    while (lines.position() < from && lines.next() != null) {}
    return lines;
  }

  private static ReadableByteChannel open(InputFile file) throws IOException {
    return InputFiles.compressionOf(file.path())
        .readDecompressed(FileSystems.open(FileSystems.matchNewResource(file.path(), false)));
  }

  private static void close(@Nullable LineReader lines) throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
