package fortnight.pipelines;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that does not wait for ever when it is closed.
 *
 * <p>KafkaIO has sent all of a bundle before it counts as done. What is unsent at the end belongs
 * to a bundle that failed and comes again; a message that the broker finds too large would be split
 * and sent without end, and the job neither restart nor stop meanwhile.
 */
final class PromptProducer extends KafkaProducer<byte[], byte[]> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  PromptProducer(Map<String, Object> settings) {
    super(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    close(PATIENCE);
  }
}
