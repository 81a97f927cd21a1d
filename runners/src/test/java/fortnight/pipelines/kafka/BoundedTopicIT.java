package fortnight.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.RetailAnalytics;
import fortnight.runners.InProcessBroker;
import fortnight.runners.InProcessBroker.Outcome;
import fortnight.transforms.Payload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic that is read to where it ends at the start, with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BoundedTopicIT {
  private static InProcessBroker broker;

  @TempDir private Path directory;

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
  void createTopic(TestInfo test) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName() + System.nanoTime();
    broker.createTopic(topic, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "FlinkRunner"})
  void countsCommittedRecordsOnly(String runner) throws Exception {
    broker.send(topic, 0, sales("kept", "kept", "kept"), Outcome.COMMITTED);
    broker.send(topic, 0, sales("aborted", "aborted"), Outcome.ABORTED);

    assertThat(run("--runner=" + runner)).contains("records read 3\n", "accepted 3\n");

    assertThat(Files.readAllLines(directory.resolve("product-volume.jsonl")))
        .singleElement()
        .asString()
        .contains("\"item_id\":\"kept\",\"line_items\":3,\"units\":3");
  }

  @Test
  void readsNothingOfAnAbortedTransaction() {
    broker.send(topic, 0, sales("aborted", "aborted", "aborted"), Outcome.ABORTED);

    assertThat(run()).contains("records read 0\n");
  }

  @Test
  void warnsOfRecordsBehindAnOpenTransaction() {
    broker.send(topic, 0, sales("a", "b", "c"), Outcome.COMMITTED);
    broker.send(topic, 0, sales("d", "e"), Outcome.OPEN);
    broker.send(topic, 0, sales("f", "g", "h", "i"));

    String said = run();

    assertThat(said)
        .contains("records read 3\n")
        .contains(
            broker.address(topic)
                + ": partition 0 is read to offset 4; 6 more offsets are not read, because of a"
                + " producer's transaction that is neither committed nor aborted");
  }

  @Test
  void doesNotWarnOfCompleteTransactions() {
    broker.send(topic, 0, sales("a"), Outcome.COMMITTED);
    broker.send(topic, 0, sales("b"), Outcome.ABORTED);

    assertThat(run()).contains("records read 1\n").doesNotContain("transaction that is");
  }

  /** As when retention deletes them between the start of a run and their turn. */
  @Test
  void failsWhenOffsetsOfItsRangeWereDeleted() throws Exception {
    broker.send(topic, 0, sales("a", "b", "c", "d"));
    broker.deleteRecords(topic, 0, 1);
    Pipeline pipeline = Pipeline.create();
    read(pipeline, true, 0, 4);

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasRootCauseInstanceOf(LostOffsets.DataLossException.class)
        .hasRootCauseMessage(
            "cannot read %s: partition 0 no longer contains offset 0, which was deleted by retention"
                    .formatted(broker.address(topic))
                + " before it was read. Set --failOnDataLoss=false to continue without lost offsets,"
                + " and increase the retention of the topic");
  }

  @Test
  void namesDeletedOffsetsAndContinuesWhereThatIsAskedFor() throws Exception {
    broker.send(topic, 0, sales("a", "b", "c", "d"));
    broker.deleteRecords(topic, 0, 2);
    Pipeline pipeline = Pipeline.create();

    PAssert.that(read(pipeline, false, 0, 4))
        .containsInAnyOrder(topic + "/0/0", topic + "/0/2", topic + "/0/3");

    pipeline.run().waitUntilFinish();
  }

  @Test
  void endsWhenAllOfItsRangeWasDeleted() throws Exception {
    broker.send(topic, 0, sales("a", "b", "c", "d"));
    broker.deleteRecords(topic, 0, 4);
    Pipeline pipeline = Pipeline.create();

    PAssert.that(read(pipeline, false, 0, 3)).containsInAnyOrder(topic + "/0/0");

    pipeline.run().waitUntilFinish();
  }

  @Test
  void failsWhenThePartitionEndsBeforeItsRange() {
    broker.send(topic, 0, sales("a"));
    PipelineOptions options = PipelineOptionsFactory.create();
    Pipeline pipeline = Pipeline.create(options);
    read(pipeline, false, 5, 9);

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasRootCauseInstanceOf(LostOffsets.DataLossException.class)
        .hasStackTraceContaining("partition 0 ends at offset 1, but was already read to offset 5");
  }

  private PCollection<String> read(Pipeline pipeline, boolean fails, long from, long until) {
    TopicAddress address = TopicAddress.parse(broker.address(topic));
    return pipeline
        .apply(
            Create.of(new TopicInput.TopicRange(address, 0, from, until))
                .withCoder(SerializableCoder.of(TopicInput.TopicRange.class)))
        .apply(ParDo.of(new ReadTopicRangeFn(new KafkaClients(null), fails)))
        .setCoder(fortnight.transforms.PayloadBatch.coder())
        .apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via(batch -> batch.payloads().stream().map(Payload::source).toList()));
  }

  /** What a bounded run says, with one space in place of several. */
  private String run(String... flags) {
    List<String> all = new java.util.ArrayList<>(List.of(flags));
    Collections.addAll(
        all, "--input=" + broker.address(topic), "--until=now", "--output=" + directory);
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      System.setOut(both);
      System.setErr(both);
      assertThat(RetailAnalytics.run(all.toArray(String[]::new))).isZero();
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    return said.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
  }

  private static List<String> sales(String... items) {
    return List.of(items).stream()
        .map(
            item ->
                "{\"transaction_id\":1,\"timestamp\":\"2023-01-02T00:00:00\",\"line_items\":"
                    + "[{\"item_id\":\"%s\",\"quantity\":1}]}".formatted(item))
        .toList();
  }
}
