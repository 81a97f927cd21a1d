package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.common.kafka.SyncProducer;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.kafka.KafkaPayloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends payloads to the input topic, byte for byte, with the header that marks them and without a
 * key: most dead letters have no customer that could be read. Notes of a batch are written when the
 * brokers have it, so a crash lets no letter be forgotten, and at most one batch be sent twice.
 */
final class SendBack implements AutoCloseable {
  private static final int BATCH = 500;
  private static final byte[] ONCE = "1".getBytes(US_ASCII);

  private final TopicAddress to;
  private final SyncProducer payloads;
  private final Optional<TopicAddress> from;
  private final Optional<SyncProducer> notes;
  private final List<SentBackNote> unnoted = new ArrayList<>();

  SendBack(RedriveRequest request) {
    to = request.to();
    payloads = new SyncProducer(request.kafka(), to, java.time.Duration.ofSeconds(60));
    from = request.fromTopic();
    notes =
        from.map(
            topic -> new SyncProducer(request.kafka(), topic, java.time.Duration.ofSeconds(60)));
  }

  void send(StoredLetter letter) {
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(to.name(), null, letter.bytes());
    message.headers().add(KafkaPayloads.REDRIVEN, ONCE);
    payloads.send(message);
    unnoted.add(new SentBackNote(letter.source()));
    if (unnoted.size() == BATCH) {
      settle();
    }
  }

  /** Returns when the brokers have everything, and the notes of it. */
  void settle() {
    payloads.flush();
    if (notes.isPresent()) {
      for (SentBackNote note : unnoted) {
        notes.get().send(note.message(from.orElseThrow().name()));
      }
      notes.get().flush();
    }
    unnoted.clear();
  }

  @Override
  public void close() {
    payloads.close();
    notes.ifPresent(SyncProducer::close);
  }
}
