package fortnight.transforms.parse;

import fortnight.transforms.Transaction;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * A valid record.
 *
 * @param transaction null if the conditions of the format exclude the record
 * @param timestamp the event time; null if the record is excluded and has no valid time
 */
record ParsedRecord(@Nullable Transaction transaction, @Nullable Instant timestamp) {
  static ParsedRecord of(Transaction transaction) {
    return new ParsedRecord(transaction, transaction.timestamp());
  }

  static ParsedRecord excluded(@Nullable Instant timestamp) {
    return new ParsedRecord(null, timestamp);
  }

  boolean isExcluded() {
    return transaction == null;
  }
}
