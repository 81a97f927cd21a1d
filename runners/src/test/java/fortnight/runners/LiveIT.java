package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.process.Ports;
import fortnight.report.Live;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code live} of the jar, with a broker and a browser. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class LiveIT {
  private static final String SALE =
      "{\"transaction_id\":1,\"timestamp\":\"2022-01-19T06:00:00\",\"line_items\":[]}";

  private static LocalBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(BrokerConfig.temporary());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void showsTheStreamAndWhatArrives() throws Exception {
    create("shop.weekly-volume", "shop.outliers", "shop.dead-letters", "sales");
    new TestTopic(broker.address(), "sales").send(SALE, SALE);
    sendWeek(3, 100, "ON_TIME");
    try (JarProcess live =
            JarProcess.server(
                directory,
                Live.class,
                "--port=0",
                "--transactions=sales",
                "--input=" + address("shop."));
        LiveBrowser browser = LiveBrowser.start()) {
      String address = live.awaitLine("Live page at ");
      browser.open(address);
      browser.await("fortnight.charts.volume.data[1][0] === 100");

      for (int transactions = 1; transactions <= 5; transactions++) {
        sendWeek(10, transactions, "EARLY");
        long arrived = System.currentTimeMillis();
        long shown = browser.await("fortnight.charts.volume.data[4][1] === " + transactions);
        System.out.printf("shown after %d ms%n", shown - arrived);
      }
      browser.await("document.querySelector('[data-topic=sales]').cells[1].dataset.value === '2'");
      assertThat(browser.text("#stream"))
          .contains("19 Jan 2022, 06:00:00", "years behind", "2 days behind", "7 days");
      assertThat(browser.text("#topics")).contains("shop.weekly-volume", "shop.dead-letters");
      assertThat(browser.text("#change")).contains("did not compute volume-change");
      assertThat(LiveRequests.metrics(address).lines())
          .contains(
              "fortnight_up 1",
              "fortnight_transactions{window=\"closed\"} 100",
              "fortnight_transactions{window=\"open\"} 5",
              "fortnight_rows_read_total{result=\"weekly-volume\"} 6");
      assertThat(browser.consoleMessages()).isEmpty();
    }
  }

  @Test
  void reconnectsWhenTheServerRestarts() throws Exception {
    create("back.weekly-volume");
    sendTo("back.weekly-volume", "week", FIRST_WEEK);
    String address;
    try (LiveBrowser browser = LiveBrowser.start()) {
      try (JarProcess live = live("back.", "--port=0")) {
        address = live.awaitLine("Live page at ");
        browser.open(address);
        browser.await("fortnight.charts.volume.data[1][0] === 100");
      }
      browser.await("document.getElementById('connection').dataset.state === 'lost'");
      sendTo("back.weekly-volume", "week", FIRST_WEEK.replace(":100,", ":101,"));
      String port = address.replaceFirst(".*:(\\d+)/", "$1");
      try (JarProcess live = live("back.", "--port=" + port)) {
        assertThat(live.awaitLine("Live page at ")).isEqualTo(address);
        browser.await("fortnight.charts.volume.data[1][0] === 101");
        assertThat(browser.text("#connection")).startsWith("Live");
      }
    }
  }

  @Test
  void startsOverWithRecreatedTopics() throws Exception {
    create("anew.weekly-volume", "anew.dead-letters");
    sendTo("anew.weekly-volume", "week 3", FIRST_WEEK);
    sendTo("anew.weekly-volume", "week 10", week(10, 50, "ON_TIME"));
    try (JarProcess live = live("anew.", "--port=0");
        LiveBrowser browser = LiveBrowser.start()) {
      browser.open(live.awaitLine("Live page at "));
      browser.await("fortnight.charts.volume.data[1].join() === '100,50'");

      TestTopic.delete(broker.address(), "anew.weekly-volume", "anew.dead-letters");
      browser.await("document.getElementById('connection').dataset.state === 'lost'");
      assertThat(browser.text("#connection"))
          .isEqualTo(
              "Out of date: these topics no longer exist: anew.dead-letters, anew.weekly-volume.");

      create("anew.weekly-volume");
      sendTo("anew.weekly-volume", "week 3", FIRST_WEEK.replace(":100,", ":7,"));
      browser.await("fortnight.charts.volume.data[1].join() === '7'");
      assertThat(live.errors()).isEmpty();
    }
  }

  @Test
  void reportsFailuresInOneSentence() throws Exception {
    Files.writeString(
        directory.resolve("kafka.properties"), "security.protocol=hunter2\nsasl.jaas.config=x");
    String unused = "localhost:" + Ports.choose(0).clients();

    assertFails("no result topic with this prefix exists", "--input=" + address("none."));
    assertFails("nothing listens at " + unused, "--input=kafka://" + unused + "/shop.");
    assertFails("unknown host", "--input=kafka://no.such.host.invalid:9092/shop.");
    assertFails(
        "kafka.properties: the value of security.protocol is not valid",
        "--kafkaConfig=" + directory.resolve("kafka.properties"),
        "--input=" + address("shop."));
  }

  /** Fails within the half minute that {@link JarProcess#exitStatus} waits. */
  private void assertFails(String why, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--port=0");
    try (JarProcess live = JarProcess.server(directory, Live.class, all.toArray(String[]::new))) {
      assertThat(live.exitStatus()).isEqualTo(1);
      assertThat(live.errors().lines()).singleElement().asString().contains(why);
      assertThat(live.errors()).doesNotContain("hunter2");
    }
  }

  private JarProcess live(String prefix, String port) throws Exception {
    return JarProcess.server(directory, Live.class, port, "--input=" + address(prefix));
  }

  private static final String FIRST_WEEK = week(3, 100, "ON_TIME");

  private static void create(String... topics) throws Exception {
    for (String topic : topics) {
      TestTopic.create(broker.address(), topic, 2);
    }
  }

  private static String address(String prefix) {
    return new TestTopic(broker.address(), prefix).address();
  }

  private static void sendWeek(int monday, int transactions, String pane) throws Exception {
    sendTo("shop.weekly-volume", "week " + monday, week(monday, transactions, pane));
  }

  private static void sendTo(String topic, String key, String row) throws Exception {
    new TestTopic(broker.address(), topic).send(new ProducerRecord<>(topic, key, row));
  }

  private static String week(int monday, int transactions, String pane) {
    return """
        {"window_start":"2022-01-%02dT00:00:00","window_end":"2022-01-%02dT00:00:00",\
        "transactions":%d,"line_items":9,"units":9,"first_transaction":"2022-01-%02dT00:01:00",\
        "last_transaction":"2022-01-%02dT23:59:00","pane":"%s","version":%d}"""
        .formatted(monday, monday + 7, transactions, monday, monday + 6, pane, transactions);
  }
}
