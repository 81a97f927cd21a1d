package fortnight.pipelines.files;

import fortnight.pipelines.io.UnsplittableTracker;
import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BoundedPerElement;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;

/**
 * Reads the lines of groups of parts, in batches.
 *
 * <p>A batch is read first, then claimed by the first byte of its last line, then emitted. So a
 * runner may stop between any two batches, and the rest begins one byte behind that first byte.
 *
 * <p>Elements are small, since runners copy them each time that they stop: the parts are in this
 * function.
 */
@BoundedPerElement
public final class ReadLinesFn extends DoFn<FileParts.Group, PayloadBatch> {
  private final FileParts all;

  ReadLinesFn(FileParts all) {
    this.all = all;
  }

  @GetInitialRestriction
  public OffsetRange all(@Element FileParts.Group group) {
    return group.all();
  }

  @GetSize
  public double size(@Element FileParts.Group group, @Restriction OffsetRange range) {
    return all.size(group, range);
  }

  @NewTracker
  public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
    return new UnsplittableTracker(range);
  }

  @ProcessElement
  public void read(
      @Element FileParts.Group group,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<PayloadBatch> out)
      throws IOException {
    List<FileParts.Part> parts = all.of(group);
    long rest = tracker.currentRestriction().getFrom();
    BatchReader reader = OpenFiles.reader(parts, rest);
    boolean isKept = false;
    try {
      BatchReader.Batch batch = reader.next(tracker.currentRestriction().getTo());
      while (batch != null && tracker.tryClaim(batch.lastPosition())) {
        out.output(batch.payloads());
        rest = batch.lastPosition() + 1;
        batch = reader.next(tracker.currentRestriction().getTo());
      }
      if (batch != null) {
        reader.putBack(batch); // It was stopped before this batch.
      } else {
        tracker.tryClaim(tracker.currentRestriction().getTo());
      }
      boolean isStopped = tracker.currentRestriction().getTo() < group.all().getTo();
      if (isStopped && reader.isWorthKeeping()) {
        OpenFiles.keep(parts, rest, reader);
        isKept = true;
      }
    } finally {
      if (!isKept) {
        reader.close();
      }
    }
  }
}
