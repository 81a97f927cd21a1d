package fortnight.pipelines;

import java.time.Clock;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;

/** Makes the policy of each partition. */
record EventTimePolicies(StreamRules rules, String runId)
    implements TimestampPolicyFactory<byte[], byte[]> {
  private static final long serialVersionUID = 1;

  @Override
  public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    return new EventTimePolicy(
        partition, previousWatermark, rules, TopicProgress.of(runId), Clock.systemUTC());
  }
}
