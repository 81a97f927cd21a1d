package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.runners.InProcessBroker;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
      TopicAddress prefix = TopicAddress.parsePrefix(broker.address("shop."));
      ResultTopics topics = new ResultTopics(prefix, Optional.empty());
      BrokerClients brokers = new BrokerClients(prefix, new KafkaClients(null));
      LiveOptions options =
          new LiveOptions(
              new TopicInput(topics, brokers.clients()),
              Clock.systemUTC(),
              "127.0.0.1",
              0,
              Optional.empty());
      ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
      LiveState state = new LiveState(options);
      PageUpdates page = state.open();
      AtomicBoolean deletes = new AtomicBoolean();
      TopicMonitor monitor =
          new TopicMonitor(
              options,
              state,
              brokers,
              Optional.of(
                  new TopicReader(state, new MockConsumer<>(OffsetResetStrategy.EARLIEST), topics)),
              () -> deletingBefore(request, admin(prefix.brokers()), deletes));
      monitor.start(threads);
      threads.shutdownNow(); // The test makes the later checks.
      assertThat(state.next(page, TIMEOUT_MILLIS)).contains(TOPIC, "\"problem\":null");

      deletes.set(true);
      monitor.run();

      assertThat(state.next(page, TIMEOUT_MILLIS))
          .contains("\"problem\":\"these topics no longer exist: " + TOPIC + "\"");
    }
  }

  private static Admin admin(String brokers) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", brokers,
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
