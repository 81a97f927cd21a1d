package fortnight.pipelines.redrive;

import fortnight.transforms.RejectReason;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.time.Instant;

/**
 * Selects the dead letters to send.
 *
 * @param since includes messages with a Kafka timestamp at or after this time
 * @param before includes messages with a Kafka timestamp before this time
 * @param again whether to include records that were redriven before and rejected again
 */
public record RedriveFilter(
    Set<RejectReason> reasons, Optional<Instant> since, Optional<Instant> before, boolean again) {

  /** Why a message is not sent. */
  enum SkipReason {
    FILTERED("filtered out", "by --reason, --since, --before"),
    REJECTED_AGAIN("rejected again", "after a redrive; --again includes them"),
    SENT_BEFORE("sent before", "by an earlier redrive"),
    SAME_SOURCE("same source", "one dead letter is sent for each source"),
    TOO_LARGE("too large", "contain only the beginning of the record"),
    LOST_OFFSETS("lost offsets", "the records no longer exist"),
    NOTE("notes", "of earlier redrives"),
    NOT_A_DEAD_LETTER("not a dead letter", "");

    private final String title;
    private final String remark;

    SkipReason(String title, String remark) {
      this.title = title;
      this.remark = remark;
    }

    String title() {
      return title;
    }

    String remark() {
      return remark;
    }
  }

  /**
   * Parses a reason whose dead letters can be sent.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static RejectReason parseReason(String name) {
    Set<RejectReason> redrivable =
        EnumSet.complementOf(EnumSet.of(RejectReason.TOO_LARGE, RejectReason.LOST_OFFSETS));
    RejectReason reason;
    try {
      reason = RejectReason.valueOf(name.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "unknown reason; use "
              + redrivable.stream().map(Enum::name).collect(Collectors.joining(", ")),
          e);
    }
    return switch (reason) {
      case TOO_LARGE ->
          throw new IllegalArgumentException(
              "cannot be sent; the dead letters contain only the beginning of the record");
      case LOST_OFFSETS ->
          throw new IllegalArgumentException("cannot be sent; the records no longer exist");
      default -> reason;
    };
  }

  /**
   * Starts a selection.
   *
   * @param sentBefore the sources that earlier redrives sent
   */
  Selection select(Set<String> sentBefore) {
    return new Selection(sentBefore);
  }

  private boolean includes(StoredDeadLetter letter, Instant timestamp) {
    return reasons.contains(letter.reason())
        && since.map(first -> !timestamp.isBefore(first)).orElse(true)
        && before.map(timestamp::isBefore).orElse(true);
  }

  /** Selects each source at most once; holds the sources that were selected. */
  final class Selection {
    private final Set<String> sentBefore;
    private final Set<String> selected = new HashSet<>();

    private Selection(Set<String> sentBefore) {
      this.sentBefore = sentBefore;
    }

    /** Selects a dead letter, or returns why it is skipped. */
    Optional<SkipReason> add(StoredDeadLetter letter, Instant timestamp) {
      if (!includes(letter, timestamp)) {
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
      if (letter.redriven() && !again) {
        return Optional.of(SkipReason.REJECTED_AGAIN);
      }
      return selected.add(letter.source()) ? Optional.empty() : Optional.of(SkipReason.SAME_SOURCE);
    }
  }
}
