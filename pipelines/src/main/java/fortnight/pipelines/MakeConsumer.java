package fortnight.pipelines;

import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes KafkaIO's consumers; by name, since Flink keeps it in checkpoints. */
record MakeConsumer(KafkaClients clients, String runId)
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
  private static final long serialVersionUID = 1;

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
    return clients.tellingConsumer(settings, TopicProgress.of(runId).positions());
  }
}
