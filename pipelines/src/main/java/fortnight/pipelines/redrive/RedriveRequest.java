package fortnight.pipelines.redrive;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import java.util.Optional;

/**
 * What a redrive is to do.
 *
 * @param fromTopic where the dead letters are; empty where they lie in a file
 * @param from the topic or the file, as text
 * @param to where they go
 */
public record RedriveRequest(
    String from,
    Optional<TopicAddress> fromTopic,
    TopicAddress to,
    RedriveFilter filter,
    boolean dryRun,
    KafkaClients kafka) {}
