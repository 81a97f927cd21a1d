package fortnight.pipelines;

import java.util.Optional;

/**
 * What a redrive is to do.
 *
 * @param fromTopic where the dead letters are; empty where they lie in a file
 * @param from the topic or the file, as text
 * @param to where they go
 */
record RedriveRequest(
    String from,
    Optional<KafkaAddress> fromTopic,
    KafkaAddress to,
    RedriveFilter filter,
    boolean dryRun,
    KafkaClients kafka) {}
