package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.kafka.KafkaClients;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** The status of the stream is checked again after any failure. */
class TopicMonitorTest {
  private static final long TIMEOUT_MILLIS = 10_000;

  private final LiveOptions options = FedPage.options(0, Optional.empty());
  private final ResultTopics topics = FedPage.topics(Optional.empty());
  private final LiveState state = new LiveState(options);
  private final PageUpdates page = state.open();

  @Test
  void continuesAfterAFailureWithNewClients() throws Exception {
    Queue<Throwable> failures =
        new ArrayDeque<>(
            List.of(
                new OutOfMemoryError("in a test"),
                new StackOverflowError(),
                new IllegalStateException("hunter2"),
                new CorruptRecordException("the record is corrupt"),
                new TimeoutException("hunter2")));
    TopicMonitor monitor =
        new TopicMonitor(
            options,
            state,
            new BrokerClients(topics.prefix(), new KafkaClients(null)),
            Optional.of(
                new TopicReader(state, new MockConsumer<>(OffsetResetStrategy.EARLIEST), topics)),
            () -> failing(failures.remove()));
    assertThat(state.next(page, TIMEOUT_MILLIS)).contains("\"problem\":null");

    for (String problem :
        List.of(
            "not enough memory",
            "unexpected StackOverflowError at TopicMonitorTest.java",
            "unexpected IllegalStateException at TopicMonitorTest.java",
            "kafka://localhost:9092/shop.: the record is corrupt",
            "kafka://localhost:9092/shop.: the brokers do not answer")) {
      monitor.run();
      assertThat(state.next(page, TIMEOUT_MILLIS)).contains(problem).doesNotContain("hunter2");
    }
  }

  /** A client whose calls fail, except for close. */
  private static Admin failing(Throwable failure) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              throw failure;
            });
  }
}
