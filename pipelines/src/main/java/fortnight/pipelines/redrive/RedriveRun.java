package fortnight.pipelines.redrive;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Reads the dead letters twice: first the notes of what was sent back before, which may lie behind
 * their letters, then the letters. No payload is held longer than a batch.
 */
public final class RedriveRun {
  private final RedriveSelection selection;
  private final Optional<SendBack> sending;
  private final Map<SkipReason, Long> leftAlone = new EnumMap<>(SkipReason.class);
  private long sent;

  private RedriveRun(RedriveSelection selection, Optional<SendBack> sending) {
    this.selection = selection;
    this.sending = sending;
  }

  public static RedriveCounts of(RedriveRequest request) {
    if (request.fromTopic().isPresent()) {
      fortnight.common.kafka.TopicChecks.checkReadable(request.kafka(), request.fromTopic().get());
    }
    fortnight.common.kafka.TopicChecks.checkWritable(request.kafka(), request.to());
    try (StoredLetters letters = StoredLetters.open(request)) {
      RedriveSelection selection = new RedriveSelection(request.filter(), sentBefore(letters));
      if (request.dryRun()) {
        return new RedriveRun(selection, Optional.empty()).over(letters);
      }
      try (SendBack sending = new SendBack(request)) {
        RedriveCounts counts = new RedriveRun(selection, Optional.of(sending)).over(letters);
        sending.settle();
        return counts;
      }
    }
  }

  private static Set<String> sentBefore(StoredLetters letters) {
    Set<String> sources = new HashSet<>();
    letters.each(
        (letter, time) ->
            SentBackNote.parse(letter).map(SentBackNote::source).ifPresent(sources::add));
    return sources;
  }

  private RedriveCounts over(StoredLetters letters) {
    letters.each(this::receive);
    return new RedriveCounts(sent, leftAlone);
  }

  private void receive(byte @Nullable [] json, Instant time) {
    Optional<StoredLetter> letter = StoredLetter.parse(json);
    if (letter.isEmpty()) {
      count(SentBackNote.parse(json).isPresent() ? SkipReason.NOTE : SkipReason.NO_LETTER);
      return;
    }
    Optional<SkipReason> cause = selection.judge(letter.get(), time);
    if (cause.isPresent()) {
      count(cause.get());
      return;
    }
    if (sending.isPresent()) {
      sending.get().send(letter.get());
    }
    sent++;
  }

  private void count(SkipReason cause) {
    leftAlone.merge(cause, 1L, Long::sum);
  }
}
