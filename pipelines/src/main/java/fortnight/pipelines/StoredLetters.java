package fortnight.pipelines;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/** A place where dead letters lie; what comes after its opening is not read. */
interface StoredLetters extends AutoCloseable {
  /** Takes what may be a dead letter, with the time of its message. */
  @FunctionalInterface
  interface Receiver {
    void receive(byte @Nullable [] letter, Instant time) throws RunFailed;
  }

  /** Shows all there is, as often as it is called. */
  void each(Receiver receiver) throws RunFailed;

  @Override
  void close();

  static StoredLetters open(RedriveRequest request) throws RunFailed {
    return request.fromTopic().isPresent()
        ? TopicLetters.open(request.kafka(), request.fromTopic().get())
        : new FileLetters(request.from());
  }
}
