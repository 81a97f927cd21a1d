package fortnight.pipelines;

/**
 * Kafka, or a client of it, cannot be used; the message is one sentence for the user. Without a
 * cause, since Kafka's own messages quote settings, and those may be secrets.
 */
final class KafkaUnusable extends RuntimeException {
  KafkaUnusable(String message) {
    super(message);
  }
}
