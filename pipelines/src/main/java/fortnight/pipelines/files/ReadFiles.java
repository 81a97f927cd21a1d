package fortnight.pipelines.files;

import fortnight.pipelines.io.UnsplittableTracker;
import fortnight.transforms.PayloadBatch;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Reads the records of files, in batches. */
final class ReadFiles extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final FileInput input;

  ReadFiles(FileInput input) {
    this.input = input;
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin begin) {
    FileParts parts = FileParts.of(input.files());
    List<FileParts.Group> groups =
        input.readers() == FileInput.UNLIMITED ? parts.groups() : parts.groups(input.readers());
    return begin
        .apply("Files", Create.of(groups).withCoder(SerializableCoder.of(FileParts.Group.class)))
        .apply("Read lines", ParDo.of(new ReadLinesFn(parts)))
        .setCoder(PayloadBatch.coder());
  }

  /**
   * Reads the records of groups of parts.
   *
   * <p>A batch is read, then claimed by the position of its last line, then emitted. The runner may
   * therefore stop the reading between any two batches; the residual begins one byte after that
   * position.
   *
   * <p>The function holds the parts and an element only refers to them, because runners copy the
   * element whenever they stop the reading.
   */
  @DoFn.BoundedPerElement
  private static final class ReadLinesFn extends DoFn<FileParts.Group, PayloadBatch> {
    private final FileParts parts;

    ReadLinesFn(FileParts parts) {
      this.parts = parts;
    }

    @GetInitialRestriction
    public OffsetRange initialRestriction(@Element FileParts.Group group) {
      return group.range();
    }

    @GetSize
    public double size(@Element FileParts.Group group, @Restriction OffsetRange range) {
      return parts.size(group, range);
    }

    @NewTracker
    public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
      return new UnsplittableTracker(range);
    }

    @ProcessElement
    public void process(
        @Element FileParts.Group group,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<PayloadBatch> out)
        throws IOException {
      List<FileParts.Part> groupParts = parts.parts(group);
      long position = tracker.currentRestriction().getFrom();
      BatchReader reader = OpenFiles.reader(groupParts, position);
      boolean isKept = false;
      try {
        BatchReader.Batch batch = reader.next(tracker.currentRestriction().getTo());
        while (batch != null && tracker.tryClaim(batch.lastPosition())) {
          out.output(batch.payloads());
          position = batch.lastPosition() + 1;
          batch = reader.next(tracker.currentRestriction().getTo());
        }
        if (batch != null) {
          reader.unread(batch); // The runner stopped the reading before this batch.
        } else {
          tracker.tryClaim(tracker.currentRestriction().getTo());
        }
        boolean isStopped = tracker.currentRestriction().getTo() < group.range().getTo();
        if (isStopped && reader.isExpensiveToReopen()) {
          OpenFiles.keep(groupParts, position, reader);
          isKept = true;
        }
      } finally {
        if (!isKept) {
          reader.close();
        }
      }
    }
  }
}
