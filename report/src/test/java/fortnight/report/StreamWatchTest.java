package fortnight.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.junit.jupiter.api.Test;

/** The status of the stream is looked for again, whatever failed. */
class StreamWatchTest {
  private static final long PATIENCE_MILLIS = 10_000;

  private final LiveRequest request =
      LiveFlagReading.read("--input=kafka://localhost:9092/shop.").request();
  private final LiveState state = new LiveState(request);
  private final Feed feed = state.open();

  @Test
  void goesOnAfterAnErrorWithNewClients() throws Exception {
    Queue<Throwable> failures =
        new ArrayDeque<>(
            List.of(
                new OutOfMemoryError("for a test"),
                new StackOverflowError(),
                new IllegalStateException()));
    StreamWatch watch =
        new StreamWatch(
            request,
            state,
            new Brokers(request),
            new TopicReader(state, new MockConsumer<>(OffsetResetStrategy.EARLIEST), Map.of()),
            Map.of(),
            () -> failing(failures.remove()));
    assertThat(state.next(feed, PATIENCE_MILLIS)).contains("\"problem\":null");

    watch.run();
    assertThat(state.next(feed, PATIENCE_MILLIS)).contains("out of memory");
    watch.run();
    assertThat(state.next(feed, PATIENCE_MILLIS)).contains("StackOverflowError");
    watch.run();
    assertThat(state.next(feed, PATIENCE_MILLIS)).contains("IllegalStateException");
  }

  /** A client all of whose calls fail, but the one that closes it. */
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
