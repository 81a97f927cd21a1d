package fortnight.pipelines;

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
final class RedriveRun {
  private final RedriveSelection selection;
  private final Optional<SendBack> sending;
  private final Map<LeftAlone, Long> leftAlone = new EnumMap<>(LeftAlone.class);
  private long sent;

  private RedriveRun(RedriveSelection selection, Optional<SendBack> sending) {
    this.selection = selection;
    this.sending = sending;
  }

  static RedriveCounts of(RedriveRequest request) throws RunFailed {
    if (request.fromTopic().isPresent()) {
      Preflight.checkIsThere(request.kafka(), request.fromTopic().get());
    }
    Preflight.checkTakesMore(request.kafka(), request.to());
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

  private static Set<String> sentBefore(StoredLetters letters) throws RunFailed {
    Set<String> sources = new HashSet<>();
    letters.each(
        (letter, time) ->
            SentBackNote.parse(letter).map(SentBackNote::source).ifPresent(sources::add));
    return sources;
  }

  private RedriveCounts over(StoredLetters letters) throws RunFailed {
    letters.each(this::receive);
    return new RedriveCounts(sent, leftAlone);
  }

  private void receive(byte @Nullable [] json, Instant time) throws RunFailed {
    Optional<StoredLetter> letter = StoredLetter.parse(json);
    if (letter.isEmpty()) {
      count(SentBackNote.parse(json).isPresent() ? LeftAlone.NOTE : LeftAlone.NO_LETTER);
      return;
    }
    Optional<LeftAlone> cause = selection.judge(letter.get(), time);
    if (cause.isPresent()) {
      count(cause.get());
      return;
    }
    if (sending.isPresent()) {
      sending.get().send(letter.get());
    }
    sent++;
  }

  private void count(LeftAlone cause) {
    leftAlone.merge(cause, 1L, Long::sum);
  }
}
