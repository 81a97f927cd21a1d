package fortnight.pipelines.redrive;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/** A place where dead letters lie; what comes after its opening is not read. */
interface StoredLetters extends AutoCloseable {
  /** Takes what may be a dead letter, with the time of its message. */
  @FunctionalInterface
  interface Receiver {
    void receive(byte @Nullable [] letter, Instant time);
  }

  /** Shows all there is, as often as it is called. */
  void each(Receiver receiver);

  @Override
  void close();

  static StoredLetters open(RedriveRequest request) {
    return request.fromTopic().isPresent()
        ? TopicLetters.open(request.kafka(), request.fromTopic().get())
        : new FileLetters(request.from());
  }
}
