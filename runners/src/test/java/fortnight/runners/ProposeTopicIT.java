package fortnight.runners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.Propose;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A format is proposed for the messages of a topic. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ProposeTopicIT {
  private static LocalBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(BrokerConfig.temporary());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void readsTheMessagesOfAllPartitions() throws Exception {
    TestTopic orders = TestTopic.create(broker.address(), "orders", 3);
    for (int i = 0; i < 6; i++) {
      orders.send(
          "{\"id\": %d, \"at\": \"2023-01-02T10:00:00\", \"lines\": [{\"sku\": 1, \"qty\": 2}]}"
              .formatted(i));
    }

    Result result = propose(orders.address());

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith(
            """
            # Proposed for the records of %s
            # This format accepts 6 of 6 records.

            id: id\
            """
                .formatted(orders.address()))
        .containsPattern("# {3}orders/\\d/0: id \\d, time 2023-01-02T10:00:00, items 2 × 1\n");
  }

  @Test
  void rejectsATopicThatIsEmptyOrAbsent() throws Exception {
    TestTopic empty = TestTopic.create(broker.address(), "empty", 1);

    Result ofEmpty = propose(empty.address());
    Result ofAbsent = propose("kafka://" + broker.address() + "/absent");

    assertThat(ofEmpty.status()).isEqualTo(1);
    assertThat(ofEmpty.err())
        .isEqualTo("fortnight: " + empty.address() + ": contains no records\n");
    assertThat(ofAbsent.status()).isEqualTo(1);
    assertThat(ofAbsent.err()).contains("/absent: the topic does not exist").hasLineCount(1);
  }

  private record Result(int status, String out, String err) {}

  private static Result propose(String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Propose.run(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            "--input=" + input);
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
