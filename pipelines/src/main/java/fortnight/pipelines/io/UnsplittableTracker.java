package fortnight.pipelines.io;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.SplitResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Tracks a range of offsets that is read in batches. A split of the remainder could fall into a
 * batch that is already read, so the range can only be checkpointed, not split.
 */
public final class UnsplittableTracker extends OffsetRangeTracker {
  public UnsplittableTracker(OffsetRange range) {
    super(range);
  }

  @Override
  public @Nullable SplitResult<OffsetRange> trySplit(double fractionOfRemainder) {
    return fractionOfRemainder == 0 ? super.trySplit(0) : null;
  }
}
