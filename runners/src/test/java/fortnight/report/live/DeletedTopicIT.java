package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.kafka.TopicAddress;
import fortnight.runners.InProcessBroker;
import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic is deleted during a check, with a real broker. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeletedTopicIT {
  private static final String TOPIC = "shop.weekly-volume";
  private static final long TIMEOUT_MILLIS = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"listTopics", "describeTopics", "listOffsets"})
  void isNamedWhicheverRequestFails(String request) throws Exception {
    try (InProcessBroker broker = InProcessBroker.start()) {
      broker.createTopic(TOPIC, 1);
      LiveOptions options = options(broker);
      LiveState state = new LiveState(options);
      PageUpdates page = state.open();
      AtomicBoolean deletes = new AtomicBoolean();
      TopicMonitor monitor =
          new TopicMonitor(
              options,
              state,
              BrokerClients.of(options),
              new TopicReader(state, new MockConsumer<>(OffsetResetStrategy.EARLIEST), options),
              () -> deletingBefore(request, admin(options), deletes));
      monitor.start();
      assertThat(state.next(page, TIMEOUT_MILLIS)).contains(TOPIC, "\"problem\":null");

      deletes.set(true);
      monitor.run();

      assertThat(state.next(page, TIMEOUT_MILLIS))
          .contains("\"problem\":\"these topics no longer exist: " + TOPIC + "\"");
    }
  }

  private static LiveOptions options(InProcessBroker broker) {
    return new LiveOptions(
        TopicAddress.parsePrefix(broker.address("shop.")),
        Optional.empty(),
        ZoneOffset.UTC,
        "127.0.0.1",
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static Admin admin(LiveOptions options) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", options.results().brokers(),
            "default.api.timeout.ms", 1_000,
            "request.timeout.ms", 500));
  }

  /** A client that deletes the topic before one of its requests, once the flag is set. */
  private static Admin deletingBefore(String request, Admin admin, AtomicBoolean deletes) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, args) -> {
              if (method.getName().equals(request) && deletes.getAndSet(false)) {
                delete(admin);
              }
              return method.invoke(admin, args);
            });
  }

  private static void delete(Admin admin) throws Exception {
    admin.deleteTopics(Set.of(TOPIC)).all().get();
    while (admin.listTopics().names().get().contains(TOPIC)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
