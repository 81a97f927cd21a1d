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
 * Reads the lines of a file, in batches. A restriction is a range of bytes; the lines that begin in
 * it are its lines, wherever they end. A range that does not begin with the file begins behind the
 * first LF at or after the byte before it.
 *
 * <p>A batch is read first, then claimed by the first byte of its last line, then emitted. So a
 * runner may stop between any two batches, and the rest begins one byte behind that first byte.
 */
@BoundedPerElement
final class ReadLinesFn extends DoFn<InputFile, PayloadBatch> {
  /** About so many bytes make a batch: some hundred records. */
  private static final int BATCH_BYTES = 1 << 15;

  private static final long SMALLEST_RANGE = 4L << 20;
  private static final long LARGEST_RANGE = 256L << 20;
  private static final int RANGES = 8;

  @GetInitialRestriction
  public OffsetRange whole(@Element InputFile file) {
    // Nobody knows the size of what is compressed.
    return new OffsetRange(0, file.whole() ? Long.MAX_VALUE : file.size());
  }

  @GetSize
  public double size(@Element InputFile file, @Restriction OffsetRange range) {
    return file.whole() ? file.size() : range.getTo() - range.getFrom();
  }

  @SplitRestriction
  public void split(
      @Element InputFile file, @Restriction OffsetRange range, OutputReceiver<OffsetRange> out) {
    if (file.whole()) {
      out.output(range);
      return;
    }
    long size = Math.max(SMALLEST_RANGE, Math.min(LARGEST_RANGE, file.size() / RANGES));
    range.split(size, SMALLEST_RANGE).forEach(out::output);
  }

  @NewTracker
  public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
    return new StoppableTracker(range);
  }

  @ProcessElement
  public void read(
      @Element InputFile file,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out)
      throws IOException {
    LineReader lines = open(file, tracker.currentRestriction().getFrom());
    boolean givenBack = false;
    try {
      long end = tracker.currentRestriction().getTo();
      while (lines.position() < end && !lines.isAtEnd()) {
        List<Payload> batch = batch(lines, end);
        if (!tracker.tryClaim(lines.lastPosition())) {
          return;
        }
        if (!batch.isEmpty()) {
          out.output(new PayloadBatch(batch));
        }
        end = tracker.currentRestriction().getTo();
      }
      tracker.tryClaim(end);
      OpenFiles.giveBack(file, lines);
      givenBack = true;
    } catch (IOException e) {
      throw cannotRead(file, e);
    } finally {
      if (!givenBack) {
        lines.close();
      }
    }
  }

  /** Of some compressed files the first block is read when they are opened. */
  private static LineReader open(InputFile file, long from) throws IOException {
    try {
      return OpenFiles.take(file, from);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private static IOException cannotRead(InputFile file, IOException e) {
    String why = e instanceof EOFException ? "it ends in the middle" : e.getMessage();
    return new IOException("cannot read " + file.path() + ": " + why, e);
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
