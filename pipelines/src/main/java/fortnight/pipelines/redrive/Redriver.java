package fortnight.pipelines.redrive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.CountTable;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.SyncProducer;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.kafka.TopicChecks;
import fortnight.pipelines.kafka.KafkaPayloads;
import fortnight.pipelines.redrive.RedriveFilter.SkipReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Sends dead letters back to the input topic, each source at most once.
 *
 * <p>Reads the dead letters twice: first the notes of earlier redrives, which can be behind the
 * dead letters that they refer to, then the dead letters.
 *
 * @param from the address of a topic, or the path of a local file
 * @param to the input topic
 * @param dryRun counts what would be sent, and sends nothing
 */
public record Redriver(
    String from, TopicAddress to, RedriveFilter filter, boolean dryRun, KafkaClients clients) {

  /**
   * Sends the dead letters; returns a table of the counts.
   *
   * @throws CommandException if a topic or the file cannot be used
   */
  public String run() {
    Optional<TopicAddress> fromTopic =
        TopicAddress.isTopic(from) ? Optional.of(TopicAddress.parse(from)) : Optional.empty();
    fromTopic.ifPresent(topic -> TopicChecks.checkReadable(clients, topic));
    TopicChecks.checkWritable(clients, to);
    try (DeadLetterReader reader =
        fromTopic
            .map(topic -> DeadLetterReader.ofTopic(clients, topic))
            .orElseGet(() -> DeadLetterReader.ofFile(from))) {
      RedriveFilter.Selection selection = filter.select(sentBefore(reader));
      if (dryRun) {
        SecondPass pass = new SecondPass(selection, letter -> {});
        reader.forEach(pass);
        return table(pass, false);
      }
      try (Sender sender = new Sender(clients, to, fromTopic)) {
        SecondPass pass = new SecondPass(selection, sender::send);
        reader.forEach(pass);
        sender.flush();
        return table(pass, fromTopic.isEmpty() && pass.sent > 0);
      }
    }
  }

  private static Set<String> sentBefore(DeadLetterReader reader) {
    Set<String> sources = new HashSet<>();
    reader.forEach(
        (message, timestamp) ->
            StoredDeadLetter.Note.parse(message).ifPresent(note -> sources.add(note.source())));
    return sources;
  }

  private String table(SecondPass pass, boolean isWithoutNotes) {
    long skipped = pass.skipped.values().stream().mapToLong(Long::longValue).sum();
    CountTable table = new CountTable();
    table.line("messages read", pass.sent + skipped, from);
    table.line(dryRun ? "  would be sent" : "  sent", pass.sent, to.toString());
    table.line("  skipped", skipped, "");
    pass.skipped.forEach(
        (reason, count) -> table.line("    " + reason.title(), count, reason.remark()));
    return isWithoutNotes
        ? table + "\nA file stores no notes: another redrive of it sends the same records again.\n"
        : table.toString();
  }

  /** Sends the selected dead letters, and counts all messages. */
  private static final class SecondPass implements DeadLetterReader.Receiver {
    private final RedriveFilter.Selection selection;
    private final Consumer<StoredDeadLetter> sender;
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private long sent;

    SecondPass(RedriveFilter.Selection selection, Consumer<StoredDeadLetter> sender) {
      this.selection = selection;
      this.sender = sender;
    }

    @Override
    public void receive(byte @Nullable [] message, Instant timestamp) {
      Optional<StoredDeadLetter> letter = StoredDeadLetter.parse(message);
      Optional<SkipReason> skip =
          letter.isPresent()
              ? selection.add(letter.get(), timestamp)
              : Optional.of(
                  StoredDeadLetter.Note.parse(message).isPresent()
                      ? SkipReason.NOTE
                      : SkipReason.NOT_A_DEAD_LETTER);
      if (skip.isPresent()) {
        skipped.merge(skip.get(), 1L, Long::sum);
      } else {
        sender.accept(letter.orElseThrow());
        sent++;
      }
    }
  }

  /**
   * Sends payloads unchanged, with a header that marks them as redriven, with the schema of a
   * record of an Avro file in another header, and without a key, because most of them contain no
   * valid customer. Writes the notes of a batch after the brokers have stored its payloads: an
   * interrupted redrive loses nothing, and repeats one batch at most.
   */
  private static final class Sender implements AutoCloseable {
    private static final int BATCH_SIZE = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] HEADER_VALUE = "1".getBytes(US_ASCII);

    private final TopicAddress to;
    private final SyncProducer payloads;
    private final Optional<TopicAddress> noteTopic;
    private final Optional<SyncProducer> notes;
    private final List<StoredDeadLetter.Note> pending = new ArrayList<>();

    Sender(KafkaClients clients, TopicAddress to, Optional<TopicAddress> noteTopic) {
      this.to = to;
      this.noteTopic = noteTopic;
      payloads = new SyncProducer(clients, to, TIMEOUT);
      notes = noteTopic.map(topic -> new SyncProducer(clients, topic, TIMEOUT));
    }

    void send(StoredDeadLetter letter) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(to.name(), null, letter.bytes());
      message.headers().add(KafkaPayloads.REDRIVEN, HEADER_VALUE);
      letter
          .schema()
          .ifPresent(schema -> message.headers().add(KafkaPayloads.SCHEMA, schema.getBytes(UTF_8)));
      payloads.send(message);
      pending.add(new StoredDeadLetter.Note(letter.source()));
      if (pending.size() == BATCH_SIZE) {
        flush();
      }
    }

    /** Waits until the brokers have stored all payloads and then their notes. */
    void flush() {
      payloads.flush();
      if (notes.isPresent()) {
        String topic = noteTopic.orElseThrow().name();
        pending.forEach(note -> notes.get().send(note.message(topic)));
        notes.get().flush();
      }
      pending.clear();
    }

    @Override
    public void close() {
      payloads.close();
      notes.ifPresent(SyncProducer::close);
    }
  }
}
