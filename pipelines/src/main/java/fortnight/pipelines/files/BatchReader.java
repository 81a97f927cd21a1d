package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the lines of a group of parts in batches; a batch may have lines of several small files.
 * Positions are those of {@link FileParts}. A part that does not begin with its file begins behind
 * the first LF at or after the byte before it.
 */
final class BatchReader implements Closeable {
  /** The size of a batch: some hundred records. */
  private static final int BATCH_BYTES = 1 << 15;

  private final List<FileParts.Part> parts;
  private int part;

  /** Where the next part is opened, in its file. */
  private long from;

  private @Nullable LineReader lines;
  private @Nullable Batch unread;

  /**
   * Lines that were read together.
   *
   * @param lastPosition of the last line's first byte
   */
  record Batch(PayloadBatch payloads, long lastPosition) {}

  /** Reads from the first line that begins at or behind a position. */
  BatchReader(List<FileParts.Part> parts, long position) {
    this.parts = parts;
    part = FileParts.partAt(position);
    from = position - FileParts.start(part);
  }

  /**
   * The next lines that begin before a position; null if there are none.
   *
   * @throws IOException that names the file
   */
  @Nullable Batch next(long to) throws IOException {
    if (unread != null) {
      Batch batch = unread;
      unread = null;
      return batch;
    }
    List<Payload> payloads = new ArrayList<>();
    long lastPosition = -1;
    long bytes = 0;
    while (bytes < BATCH_BYTES && part < parts.size() && FileParts.start(part) < to) {
      FileParts.Part read = parts.get(part);
      long end = Math.min(read.to(), to - FileParts.start(part));
      try {
        LineReader reader = reader(read);
        Payload line = reader.position() < end ? reader.next() : null;
        if (line != null) {
          lastPosition = FileParts.start(part) + reader.lastPosition();
          bytes += line.size();
          payloads.add(line);
        } else if (reader.isAtEnd() || reader.position() >= read.to()) {
          finish(read);
        } else {
          break;
        }
      } catch (IOException e) {
        throw cannotRead(read.file(), e);
      }
    }
    return payloads.isEmpty() ? null : new Batch(new PayloadBatch(payloads), lastPosition);
  }

  /** Returns a batch that was not used; it is the next one again. */
  void putBack(Batch batch) {
    unread = batch;
  }

  /** Whether what follows can be read in no other way than by this reader, or at a high cost. */
  boolean isWorthKeeping() {
    return (lines != null && parts.get(part).file().whole())
        || parts.stream().anyMatch(p -> p.file().access() == InputFile.Access.ONCE);
  }

  private LineReader reader(FileParts.Part read) throws IOException {
    if (lines == null) {
      lines = OpenFiles.open(read.file(), Math.max(read.from(), from));
    }
    return lines;
  }

  private void finish(FileParts.Part read) throws IOException {
    close();
    part++;
    from = 0;
    read.file().checkUnchanged();
  }

  private static IOException cannotRead(InputFile file, IOException e) {
    String message = e.getMessage();
    if (message != null && message.startsWith("cannot read ")) {
      return e;
    }
    String why;
    if (e instanceof EOFException) {
      why = "it ends in the middle";
    } else if (e instanceof NoSuchFileException) {
      why = "no file is there";
    } else if (e instanceof AccessDeniedException) {
      why = "access is denied";
    } else {
      why = message;
    }
    return new IOException("cannot read " + file.path() + ": " + why, e);
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }
}
