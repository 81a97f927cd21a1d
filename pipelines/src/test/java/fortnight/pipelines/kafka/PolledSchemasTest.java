package fortnight.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import fortnight.transforms.avro.MalformedAvroException;
import fortnight.transforms.avro.SchemaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that polls waits for schemas, and a reader that is closed ends the wait. */
@Timeout(30)
class PolledSchemasTest {
  private static final byte[] OF_SCHEMA_7 = {0, 0, 0, 0, 7, 2};

  @Test
  void requestsTheSchemasOfMessagesWithAnId() {
    List<Integer> requested = new ArrayList<>();
    PolledSchemas schemas =
        new PolledSchemas(
            id -> {
              requested.add(id);
              throw new MalformedAvroException("unknown");
            });

    schemas.await(polled(OF_SCHEMA_7, null, new byte[0], new byte[] {'{', '}', 1, 2, 3, 4}));

    assertThat(requested).containsExactly(7);
  }

  /** A record of an Avro file can begin with a zero byte. */
  @Test
  void requestsNoSchemaOfAMessageThatContainsIts() {
    PolledSchemas schemas =
        new PolledSchemas(
            id -> {
              throw new IllegalStateException();
            });
    RecordHeaders headers = new RecordHeaders();
    headers.add("fortnight-schema", new byte[] {'"', 'x', '"'});

    schemas.await(
        polled(
            List.of(
                new ConsumerRecord<>(
                    "t",
                    0,
                    0,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    null,
                    OF_SCHEMA_7,
                    headers,
                    Optional.empty()))));
  }

  @Test
  void endsAWaitIfItIsWokenUp() throws Exception {
    Waiting source = new Waiting();
    PolledSchemas schemas = new PolledSchemas(source);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
    new Thread(
            () -> {
              failure.complete(catchThrowable(() -> schemas.await(polled(OF_SCHEMA_7))));
              isInterrupted.complete(Thread.currentThread().isInterrupted());
            })
        .start();
    Waiting.ENTERED.await();

    schemas.wakeup();

    assertThat(failure.get()).isInstanceOf(WakeupException.class);
    assertThat(isInterrupted.get()).isFalse();
  }

  @Test
  void doesNotInterruptAThreadThatDoesNotWait() {
    PolledSchemas schemas = new PolledSchemas(SchemaSource.NONE);

    schemas.wakeup();
    schemas.await(polled(OF_SCHEMA_7));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** A registry that does not answer. */
  private static final class Waiting implements SchemaSource {
    private static final long serialVersionUID = 1;
    private static final CountDownLatch ENTERED = new CountDownLatch(1);

    @Override
    public Schema schema(int id) {
      ENTERED.countDown();
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
  }

  private static ConsumerRecords<byte[], byte[]> polled(byte[]... messages) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] message : messages) {
      records.add(new ConsumerRecord<>("t", 0, records.size(), null, message));
    }
    return polled(records);
  }

  private static ConsumerRecords<byte[], byte[]> polled(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return new ConsumerRecords<>(Map.of(new TopicPartition("t", 0), records));
  }
}
