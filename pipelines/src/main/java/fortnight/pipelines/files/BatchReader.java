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
 * Reads the records of a group of parts in batches; a batch may contain records of several small
 * files. Positions are those of {@link FileParts}. The records of a part are those that begin in
 * it.
 */
final class BatchReader implements Closeable {
  /** The target size of a batch: some hundred records. */
  private static final int BATCH_BYTES = 1 << 15;

  private final List<FileParts.Part> parts;
  private int part;

  /** The offset in its file at which the next part is opened. */
  private long from;

  private @Nullable RecordReader records;
  private @Nullable Batch unread;

  /**
   * Consecutive records.
   *
   * @param lastPosition the position of the first byte of the last record
   */
  record Batch(PayloadBatch payloads, long lastPosition) {}

  /** Creates a reader of the records that begin at or after a position. */
  BatchReader(List<FileParts.Part> parts, long position) {
    this.parts = parts;
    part = FileParts.partAt(position);
    from = position - FileParts.start(part);
  }

  /**
   * Returns the next records that begin before a position; null if there are none.
   *
   * @throws IOException if a file cannot be read; names the file
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
        RecordReader reader = reader(read);
        Payload record = reader.position() < end ? reader.next() : null;
        if (record != null) {
          lastPosition = FileParts.start(part) + reader.lastPosition();
          bytes += record.size();
          payloads.add(record);
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

  /** Makes an unused batch the next one again. */
  void unread(Batch batch) {
    unread = batch;
  }

  /** Whether another reader could read the rest only at a high cost, or not at all. */
  boolean isExpensiveToReopen() {
    return (records != null && parts.get(part).file().isReadAsWhole())
        || parts.stream().anyMatch(p -> p.file().access() == InputFile.Access.ONCE);
  }

  private RecordReader reader(FileParts.Part read) throws IOException {
    if (records == null) {
      records = OpenFiles.open(read.file(), Math.max(read.from(), from));
    }
    return records;
  }

  private void finish(FileParts.Part read) throws IOException {
    close();
    part++;
    from = 0;
    read.file().checkUnchanged();
  }

  /** Returns an exception that names the file. */
  static IOException cannotRead(InputFile file, IOException e) {
    String message = e.getMessage();
    if (message != null && message.startsWith("cannot read ")) {
      return e;
    }
    String reason;
    if (e instanceof EOFException) {
      reason = "it is truncated";
    } else if (e instanceof NoSuchFileException) {
      reason = "it does not exist";
    } else if (e instanceof AccessDeniedException) {
      reason = "access is denied";
    } else {
      reason = message;
    }
    return new IOException("cannot read " + file.path() + ": " + reason, e);
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
      records = null;
    }
  }
}
