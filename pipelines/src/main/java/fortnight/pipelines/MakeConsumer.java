package fortnight.pipelines;

import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes KafkaIO's consumers, which tell how far they are. */
record MakeConsumer(KafkaClients clients, String runId)
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
  private static final long serialVersionUID = 1;

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
    return clients.tellingConsumer(settings, TopicProgress.of(runId).positions());
  }
}
