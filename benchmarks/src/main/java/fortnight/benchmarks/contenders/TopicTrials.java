package fortnight.benchmarks.contenders;

import fortnight.benchmarks.checks.ExpectedResults;
import fortnight.benchmarks.checks.ResultFigures;
import fortnight.benchmarks.measure.MeasuredProcess;
import fortnight.benchmarks.measure.MeasuredProcess.Usage;
import fortnight.benchmarks.measure.TrialDirectory;
import fortnight.common.Analysis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Runs contenders that read a topic without end, until their rows of all closed weeks are correct.
 *
 * @param topic the transactions, as {@code HOST:PORT/TOPIC}
 */
public record TopicTrials(ExpectedResults expected, String topic, Path work, int patienceSeconds)
    implements Trials {
  @Override
  public Trial run(Contender contender) throws Exception {
    TrialDirectory directory = TrialDirectory.create(work, contender.name());
    String prefix = directory.name() + ".";
    ResultFigures closed = expected.ofClosedWeeks();
    ResultFigures firstWeek = closed.of(Analysis.WEEKLY_VOLUME.title(), expected.firstWeek());
    String broker = topic.substring(0, topic.indexOf('/'));
    try (ResultTopics results = ResultTopics.create(broker, prefix);
        MeasuredProcess process =
            MeasuredProcess.start(
                contender.program().command(topic, prefix, directory.scratch()), directory.log())) {
      double first = await(firstWeek, results, process);
      double last = await(closed, results, process);
      Usage usage = process.stop(last);
      directory.delete();
      return new Trial(usage, OptionalDouble.of(expected.laterTransactions() / (last - first)));
    }
  }

  /** Waits for correct rows; returns the seconds since the start. */
  private double await(ResultFigures correct, ResultTopics results, MeasuredProcess process)
      throws Exception {
    while (!results.poll().contain(correct)) {
      process.checkIsAlive();
      if (process.secondsSinceStart() > patienceSeconds) {
        throw process.failed(
            "after %d s (--patience) rows are wrong or missing, the first of them %s"
                .formatted(patienceSeconds, results.poll().missing(correct)));
      }
    }
    return process.secondsSinceStart();
  }

  /** The topics that a contender writes, one partition each, and the rows read from them so far. */
  private record ResultTopics(
      String prefix, KafkaConsumer<String, String> consumer, ResultFigures figures)
      implements AutoCloseable {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);

    static ResultTopics create(String broker, String prefix) throws Exception {
      List<String> names =
          Analysis.present(false, List.of()).stream().map(analysis -> prefix + analysis).toList();
      Map<String, Object> settings = Map.of("bootstrap.servers", broker);
      try (Admin admin = Admin.create(settings)) {
        admin
            .createTopics(names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
            .all()
            .get();
      }
      StringDeserializer text = new StringDeserializer();
      KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text);
      List<TopicPartition> partitions =
          names.stream().map(name -> new TopicPartition(name, 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return new ResultTopics(prefix, consumer, new ResultFigures());
    }

    /** Reads new rows, for 50 ms at most; returns all rows so far. */
    ResultFigures poll() throws IOException {
      for (ConsumerRecord<String, String> row : consumer.poll(POLL_TIMEOUT)) {
        figures.add(row.topic().substring(prefix.length()), row.value());
      }
      return figures;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
