package fortnight.pipelines.redrive;

import fortnight.transforms.RejectReason;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Instant;

/**
 * Chooses, letter after letter, what is sent back: of one source no more than one. Remembers the
 * sources of all that was ever sent.
 */
final class RedriveSelection {
  private final RedriveFilter filter;
  private final Set<String> sentBefore;
  private final Set<String> chosen = new HashSet<>();

  /**
   * A selection.
   *
   * @param sentBefore the sources of which a {@link SentBackNote} says that they were sent back
   */
  RedriveSelection(RedriveFilter filter, Set<String> sentBefore) {
    this.filter = filter;
    this.sentBefore = sentBefore;
  }

  /** Why it is left alone; empty where it is chosen. */
  Optional<SkipReason> judge(StoredLetter letter, Instant time) {
    if (!filter.wants(letter, time)) {
      return Optional.of(SkipReason.FILTERED);
    }
    if (letter.reason() == RejectReason.TOO_LARGE) {
      return Optional.of(SkipReason.TOO_LARGE);
    }
    if (letter.reason() == RejectReason.LOST_OFFSETS) {
      return Optional.of(SkipReason.LOST_OFFSETS);
    }
    if (sentBefore.contains(letter.source())) {
      return Optional.of(SkipReason.SENT_BEFORE);
    }
    if (letter.redriven() && !filter.again()) {
      return Optional.of(SkipReason.REDRIVEN);
    }
    return chosen.add(letter.source()) ? Optional.empty() : Optional.of(SkipReason.SAME_SOURCE);
  }
}
