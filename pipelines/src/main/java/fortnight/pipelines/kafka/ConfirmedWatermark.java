package fortnight.pipelines.kafka;

import java.util.function.LongPredicate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * The watermark of a split, as of a time at which all partitions of the split were read.
 *
 * <p>A watermark of the partitions that are read is a candidate until the brokers, in a response to
 * a later request, report no other partition of the split. Therefore, the watermark does not pass
 * records of a new partition because of records that were written after them.
 */
final class ConfirmedWatermark {
  private Instant confirmed;
  private @Nullable Instant candidate;
  private long candidateNanoTime;

  ConfirmedWatermark(Instant initial) {
    this.confirmed = initial;
  }

  /** The last confirmed watermark. */
  Instant get() {
    return confirmed;
  }

  /**
   * Confirms the candidate, if possible, and returns the confirmed watermark.
   *
   * @param current the watermark of the partitions that are read, the next candidate
   * @param isConfirmedSince whether a request after this {@link System#nanoTime} returned no unread
   *     partition
   */
  Instant update(Instant current, LongPredicate isConfirmedSince) {
    if (candidate != null && isConfirmedSince.test(candidateNanoTime)) {
      confirmed = candidate.isAfter(confirmed) ? candidate : confirmed;
      candidate = null;
    }
    if (candidate == null) {
      candidate = current;
      candidateNanoTime = System.nanoTime();
    }
    return confirmed;
  }

  /** Discards the candidate, which does not include partitions that are read from now on. */
  void discardCandidate() {
    candidate = null;
  }
}
