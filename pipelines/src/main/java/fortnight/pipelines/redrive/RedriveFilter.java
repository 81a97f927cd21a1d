package fortnight.pipelines.redrive;

import fortnight.transforms.RejectReason;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Instant;

/**
 * Which dead letters are wanted.
 *
 * @param since of messages older than this none is
 * @param before nor of those that are not older than this
 * @param again whether records that failed again are wanted as well
 */
record RedriveFilter(
    Set<RejectReason> reasons, Optional<Instant> since, Optional<Instant> before, boolean again) {

  boolean wants(StoredLetter letter, Instant time) {
    return reasons.contains(letter.reason())
        && since.map(first -> !time.isBefore(first)).orElse(true)
        && before.map(time::isBefore).orElse(true);
  }
}
