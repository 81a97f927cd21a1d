package fortnight.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.pipelines.options.RetailConfig;
import fortnight.runners.InProcessBroker;
import fortnight.runners.InProcessBroker.Outcome;
import fortnight.transforms.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark.PartitionMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.awaitility.Awaitility;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A stream's source, with a real broker, whose topics change while they are read. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TopicSourceOnBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static InProcessBroker broker;

  private final List<String> sources = new ArrayList<>();
  private UnboundedReader<fortnight.transforms.PayloadBatch> reader;
  private String topic;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = InProcessBroker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void nameTheTopic(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  @Test
  void readsCommittedRecordsOnly() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales("2023-01-02"), Outcome.ABORTED);
    broker.send(topic, 0, sales("2023-01-03", "2023-01-04"), Outcome.COMMITTED);

    read(null);

    await(() -> advance().equals(List.of(place(0, 2), place(0, 3))));
  }

  @Test
  void readsAPartitionThatIsAddedWhileItReads() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales("2023-01-02"));
    read(null);
    await(() -> advance().size() == 1);

    broker.addPartitions(topic, 2);
    broker.send(topic, 1, sales("2023-01-03", "2023-01-04"));
    broker.send(topic, 0, sales("2023-01-05"));

    await(() -> advance().size() == 4);
    assertThat(sources)
        .containsExactlyInAnyOrder(place(0, 0), place(1, 0), place(1, 1), place(0, 1));
    assertThat(offsets(mark())).containsExactly("0/2", "1/2");
  }

  @Test
  void readsOnFromAMarkThatHasAnAddedPartition() throws Exception {
    broker.createTopic(topic, 1);
    read(null);
    broker.addPartitions(topic, 2);
    broker.send(topic, 1, sales("2023-01-03", "2023-01-04"));
    await(() -> advance().size() == 2);
    KafkaCheckpointMark mark = mark();
    reader.close();
    broker.send(topic, 1, sales("2023-01-05"));
    sources.clear();

    read(mark);

    await(() -> advance().equals(List.of(place(1, 2))));
  }

  @Test
  void readsAPartitionThatWasAddedWhileItWasDown() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales("2023-01-02"));
    broker.addPartitions(topic, 2);
    broker.send(topic, 1, sales("2023-01-03"));

    read(marked(1));

    await(() -> advance().equals(List.of(place(1, 0))));
  }

  /** What this split does not read, another one does. */
  @Test
  void leavesToOtherSplitsWhatIsTheirs() throws Exception {
    broker.createTopic(topic, 2);
    broker.send(topic, 1, sales("2023-01-02"));
    PipelineOptions options = options();
    KafkaTopicSource second = KafkaTopicSource.of(List.of(0, 1)).split(2, options).get(1);
    reader = second.createReader(options, null);
    note(reader.start());

    broker.addPartitions(topic, 4);
    broker.send(topic, 2, sales("2023-01-03"));
    broker.send(topic, 3, sales("2023-01-04"));

    await(() -> advance().equals(List.of(place(1, 0), place(3, 0))));
    assertThat(offsets(mark())).containsExactly("1/1", "3/1");
  }

  @Test
  void holdsTheWatermarkUntilAnAddedPartitionIsRead() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales("2023-01-16"));
    read(null);
    await(() -> advance().size() == 1 && watermark().equals("2023-01-16"));

    broker.addPartitions(topic, 2);
    broker.send(topic, 1, sales("2023-01-17"));
    broker.send(topic, 0, sales("2023-01-30"));

    Instant before = reader.getWatermark();
    while (!watermark().equals("2023-01-30")) {
      advance();
      Instant now = reader.getWatermark();
      assertThat(now).isGreaterThanOrEqualTo(before);
      if (now.isAfter(Instant.parse("2023-01-17T00:00:00Z"))) {
        assertThat(sources).contains(place(1, 0));
      }
      before = now;
    }
  }

  @Test
  void failsWhenOffsetsWereDeletedBeforeTheyWereRead() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(10));
    broker.deleteRecords(topic, 0, 5);

    assertThatThrownBy(() -> readToTheEnd(marked(2)))
        .hasMessage(
            "cannot read %s: partition 0 no longer contains offsets 2 to 4, which were deleted by"
                + " retention before they were read. Set --failOnDataLoss=false to continue without"
                + " lost offsets, and increase the retention of the topic",
            broker.address(topic));
  }

  @Test
  void namesLostOffsetsAndContinuesWhereThatIsAskedFor() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(10));
    broker.deleteRecords(topic, 0, 5);

    read(marked(2), "--failOnDataLoss=false");

    await(() -> advance().size() == 6);
    assertThat(sources)
        .containsExactlyInAnyOrder(
            place(0, 2), place(0, 5), place(0, 6), place(0, 7), place(0, 8), place(0, 9));
    assertThat(offsets(mark())).containsExactly("0/10");
  }

  @Test
  void namesLostOffsetsOnceThoughNoRecordFollows() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(10));
    broker.deleteRecords(topic, 0, 10);

    read(marked(2), "--failOnDataLoss=false");
    await(() -> advance().equals(List.of(place(0, 2))));
    assertThat(offsets(mark())).containsExactly("0/10");
    KafkaCheckpointMark mark = mark();
    reader.close();
    sources.clear();
    read(mark, "--failOnDataLoss=false");
    broker.send(topic, 0, sales("2023-01-02"));

    await(() -> advance().equals(List.of(place(0, 10))));
  }

  @Test
  void beginsWithWhatIsThereWithoutALoss() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(10));
    broker.deleteRecords(topic, 0, 8);

    read(null);

    await(() -> advance().equals(List.of(place(0, 8), place(0, 9))));
  }

  @Test
  void takesTheEndsOfTransactionsForNoLoss() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(2), Outcome.ABORTED);
    broker.send(topic, 0, sales(2), Outcome.COMMITTED);
    broker.send(topic, 0, sales(2), Outcome.ABORTED);
    broker.send(topic, 0, sales("2023-01-02"));

    read(marked(1));

    await(() -> advance().equals(List.of(place(0, 3), place(0, 4), place(0, 9))));
  }

  @Test
  void failsWhenAPartitionEndsBeforeWhereItWasRead() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(3));

    assertThatThrownBy(() -> readToTheEnd(marked(7), "--failOnDataLoss=false"))
        .hasMessageStartingWith(
            "cannot read %s: partition 0 ends at offset 3, but was already read to offset 7; the"
                + " topic was deleted and created again, or its brokers lost records.",
            broker.address(topic));
  }

  @Test
  void failsWhenTheTopicIsDeletedAndCreatedAgain() throws Exception {
    broker.createTopic(topic, 1);
    broker.send(topic, 0, sales(3));
    read(null);
    await(() -> advance().size() == 3 && !watermark().equals(NEVER));

    broker.recreateTopic(topic, 1);
    broker.send(topic, 0, sales(10));

    assertThatThrownBy(() -> await(() -> advance().isEmpty()))
        .hasMessageStartingWith("cannot read " + broker.address(topic))
        .hasMessageContaining("the topic was deleted and created again");
  }

  @Test
  void failsWithAMarkOfAnotherTopic() throws Exception {
    broker.createTopic(topic, 1);

    assertThatThrownBy(
            () ->
                read(
                    new KafkaCheckpointMark(
                        List.of(new PartitionMark("other", 0, 0, 0)), Optional.empty())))
        .hasMessage(
            "%s: the state of this job belongs to the topic other; read that topic, or start over"
                + " without the state",
            broker.address(topic));
  }

  private static final String NEVER = BoundedWindow.TIMESTAMP_MIN_VALUE.toString().substring(0, 10);

  private void read(KafkaCheckpointMark mark, String... flags) throws Exception {
    PipelineOptions options = options(flags);
    KafkaTopicSource source = KafkaTopicSource.of(List.of(0)).split(1, options).get(0);
    KafkaCheckpointMark restored =
        mark == null ? null : CoderUtils.clone(source.getCheckpointMarkCoder(), mark);
    reader = source.createReader(options, restored);
    note(reader.start());
  }

  private void readToTheEnd(KafkaCheckpointMark mark, String... flags) throws Exception {
    read(mark, flags);
    await(
        () -> {
          advance();
          return false;
        });
  }

  private PipelineOptions options(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--input=" + broker.address(topic));
    all.add("--outOfOrderness=0s");
    all.add("--idleAfter=1s");
    return RetailConfig.parse(all.toArray(String[]::new)).options();
  }

  private List<String> advance() throws IOException {
    note(reader.advance());
    return sources;
  }

  private void note(boolean isThere) {
    if (isThere) {
      reader.getCurrent().payloads().stream().map(Payload::source).forEach(sources::add);
    }
  }

  private String watermark() {
    return reader.getWatermark().toString().substring(0, 10);
  }

  private KafkaCheckpointMark mark() {
    return (KafkaCheckpointMark) reader.getCheckpointMark();
  }

  private KafkaCheckpointMark marked(long next) {
    return new KafkaCheckpointMark(
        List.of(new PartitionMark(topic, 0, next, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis())),
        Optional.empty());
  }

  private static List<String> offsets(KafkaCheckpointMark mark) {
    return mark.getPartitions().stream()
        .map(partition -> partition.getPartition() + "/" + partition.getNextOffset())
        .toList();
  }

  private String place(int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }

  private static List<String> sales(int count) {
    return IntStream.range(0, count).mapToObj(i -> sale("2023-01-02")).toList();
  }

  private static List<String> sales(String... days) {
    return List.of(days).stream().map(TopicSourceOnBrokerIT::sale).toList();
  }

  private static String sale(String day) {
    return "{\"transaction_id\":1,\"timestamp\":\"%sT00:00:00\",\"line_items\":[]}".formatted(day);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }
}
