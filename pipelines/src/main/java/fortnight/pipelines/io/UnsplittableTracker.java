package fortnight.pipelines.io;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.SplitResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** May be stopped where it is, but not split further ahead, where a batch may be under way. */
public final class UnsplittableTracker extends OffsetRangeTracker {
  public UnsplittableTracker(OffsetRange range) {
    super(range);
  }

  @Override
  public @Nullable SplitResult<OffsetRange> trySplit(double fractionOfRemainder) {
    return fractionOfRemainder == 0 ? super.trySplit(0) : null;
  }
}
