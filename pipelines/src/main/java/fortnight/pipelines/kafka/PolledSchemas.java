package fortnight.pipelines.kafka;

import fortnight.transforms.avro.AvroRecords;
import fortnight.transforms.avro.SchemaSource;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Requests the schemas of messages in the thread that polls, before the messages are emitted. While
 * the registry is not available, the topic seems to have no further messages: the threads of the
 * runner are not blocked, and checkpoints continue.
 */
final class PolledSchemas {
  private final AvroRecords records;

  private @Nullable Thread waiting;
  private boolean isInterrupted;

  PolledSchemas(SchemaSource schemas) {
    this.records = new AvroRecords(schemas);
  }

  /**
   * Returns when the schemas of all messages are known, or known to be unknown.
   *
   * @throws WakeupException if {@link #wakeup} ends the wait
   */
  void await(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty()) {
      return;
    }
    begin();
    try {
      for (ConsumerRecord<byte[], byte[]> message : polled) {
        if (message.value() != null && !KafkaPayloads.hasSchema(message.headers())) {
          records.prefetchSchema(message.value());
        }
      }
    } catch (CancellationException e) {
      if (end()) {
        throw new WakeupException();
      }
      throw e;
    } finally {
      end();
    }
  }

  /** Ends a wait of another thread. */
  synchronized void wakeup() {
    if (waiting != null) {
      isInterrupted = true;
      waiting.interrupt();
    }
  }

  private synchronized void begin() {
    waiting = Thread.currentThread();
    isInterrupted = false;
  }

  /** Ends the wait; returns whether it was interrupted by {@link #wakeup}, and for nothing else. */
  private synchronized boolean end() {
    waiting = null;
    return isInterrupted && Thread.interrupted();
  }
}
