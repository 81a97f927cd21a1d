package fortnight.pipelines;

import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BoundedPerElement;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;

/**
 * Reads the lines of parts of files, in batches. A part that does not begin with its file begins
 * behind the first LF at or after the byte before it.
 *
 * <p>A batch is read first, then claimed by the first byte of its last line, then emitted. So a
 * runner may stop between any two batches, and the rest begins one byte behind that first byte.
 */
@BoundedPerElement
final class ReadLinesFn extends DoFn<FileParts, PayloadBatch> {
  /** About so many bytes make a batch: some hundred records. */
  private static final int BATCH_BYTES = 1 << 15;

  @GetInitialRestriction
  public OffsetRange all(@Element FileParts parts) {
    return parts.all();
  }

  @GetSize
  public double size(@Element FileParts parts, @Restriction OffsetRange range) {
    return parts.size(range);
  }

  @NewTracker
  public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
    return new StoppableTracker(range);
  }

  @ProcessElement
  public void read(
      @Element FileParts parts,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out)
      throws IOException {
    int part = FileParts.partAt(tracker.currentRestriction().getFrom());
    while (FileParts.start(part) < tracker.currentRestriction().getTo()) {
      FilePart read = parts.parts().get(part);
      try {
        if (!read(read, FileParts.start(part), tracker, out)) {
          return;
        }
      } catch (IOException e) {
        String why = e instanceof EOFException ? "it ends in the middle" : e.getMessage();
        throw new IOException("cannot read " + read.file().path() + ": " + why, e);
      }
      part++;
    }
    tracker.tryClaim(tracker.currentRestriction().getTo());
  }

  /** False where the runner has stopped it before a batch that was read. */
  private static boolean read(
      FilePart part,
      long start,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out)
      throws IOException {
    long from = Math.max(part.from(), tracker.currentRestriction().getFrom() - start);
    // Of some compressed files the first block is read when they are opened.
    LineReader lines = OpenFiles.take(part.file(), from);
    boolean givenBack = false;
    try {
      long end = end(part, start, tracker);
      while (lines.position() < end && !lines.isAtEnd()) {
        List<Payload> batch = batch(lines, end);
        if (!tracker.tryClaim(start + lines.lastPosition())) {
          return false;
        }
        if (!batch.isEmpty()) {
          out.output(new PayloadBatch(batch));
        }
        end = end(part, start, tracker);
      }
      OpenFiles.giveBack(part.file(), lines);
      givenBack = true;
      return true;
    } finally {
      if (!givenBack) {
        lines.close();
      }
    }
  }

  private static long end(
      FilePart part, long start, RestrictionTracker<OffsetRange, Long> tracker) {
    return Math.min(part.to(), tracker.currentRestriction().getTo() - start);
  }

  private static List<Payload> batch(LineReader lines, long end) throws IOException {
    List<Payload> batch = new ArrayList<>();
    for (long bytes = 0; bytes < BATCH_BYTES && lines.position() < end; ) {
      Payload line = lines.next();
      if (line == null) {
        break;
      }
      bytes += line.size();
      batch.add(line);
    }
    return batch;
  }
}
