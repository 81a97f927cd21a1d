package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.report.RowLines;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading continues after failures; with Kafka's MockConsumer. */
class TopicReaderTest {
  private static final TopicPartition WEEKS = new TopicPartition("shop.weekly-volume", 0);
  private static final long TIMEOUT_MILLIS = 10_000;

  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final AtomicBoolean knowsEnds = new AtomicBoolean(true);
  private final AtomicBoolean hasMemory = new AtomicBoolean(true);
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of) {
          if (knowsEnds.getAndSet(true)) {
            return super.endOffsets(of);
          }
          throw new KafkaException("not now");
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
          ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
          if (hasMemory.getAndSet(true)) {
            return records;
          }
          records.forEach(this::addRecord);
          throw new OutOfMemoryError("for a test");
        }
      };
  private final LiveState state = new LiveState(FedPage.options(0, Optional.empty()));
  private final PageUpdates page = state.open();
  private final TopicReader reader =
      new TopicReader(state, consumer, FedPage.topics(Optional.empty()));

  @BeforeEach
  void hasOneTopic() throws Exception {
    consumer.updateBeginningOffsets(Map.of(WEEKS, 0L));
    consumer.updateEndOffsets(Map.of(WEEKS, 1L));
    assertThat(state.next(page, TIMEOUT_MILLIS)).contains("\"complete\":false");
    reader.read(Set.of(WEEKS));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void countsARowWithoutAValidTimeAsMalformed() throws Exception {
    String far =
        RowLines.week(3, 100, "ON_TIME").replace("2022-01-03T00:01", "+999999999-01-03T00:01");
    consumer.updateEndOffsets(Map.of(WEEKS, 2L));
    arrives(0, far);
    arrives(1, RowLines.week(10, 4711, "ON_TIME"));
    threads.execute(reader);

    assertThat(state.next(page, TIMEOUT_MILLIS))
        .contains("Partition 0, offset 0", "is not a date and time", "4711");
  }

  @Test
  void continuesAfterAFailure() throws Exception {
    consumer.schedulePollTask(
        () -> {
          throw new ArithmeticException("not now");
        });
    arrives(0, RowLines.week(10, 4711, "ON_TIME"));
    threads.execute(reader);

    assertThat(state.next(page, TIMEOUT_MILLIS)).contains("4711");
  }

  @Test
  void readsMessagesAgainThatAnErrorSkipped() throws Exception {
    hasMemory.set(false);
    arrives(0, RowLines.week(10, 4711, "ON_TIME"));
    threads.execute(reader);

    assertThat(state.next(page, TIMEOUT_MILLIS)).contains("4711");
  }

  @Test
  void isIncompleteWithoutEndOffsets() throws Exception {
    knowsEnds.set(false);
    consumer.schedulePollTask(() -> {});
    arrives(0, RowLines.week(10, 4711, "ON_TIME"));
    threads.execute(reader);

    assertThat(state.next(page, TIMEOUT_MILLIS)).contains("4711");
  }

  private void arrives(long offset, String row) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    WEEKS.topic(), WEEKS.partition(), offset, null, row.getBytes(UTF_8))));
  }
}
