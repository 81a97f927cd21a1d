package fortnight.pipelines;

import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes KafkaIO's consumers, which tell how far they are. */
record MakeConsumer(KafkaAddress topic, boolean failsOnDataLoss, KafkaClients clients, String runId)
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
  private static final long serialVersionUID = 2;

  static MakeConsumer of(TopicInput input, String runId) {
    return new MakeConsumer(input.topic(), input.failsOnDataLoss(), input.clients(), runId);
  }

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
    ReadPositions positions = TopicProgress.of(runId).positions();
    return clients.tellingConsumer(
        settings, all -> new TellingConsumer(all, topic, failsOnDataLoss, positions));
  }
}
