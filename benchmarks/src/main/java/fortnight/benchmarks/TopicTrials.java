package fortnight.benchmarks;

import fortnight.benchmarks.peers.Row;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Runs contenders that read a topic and never end, until their rows of all weeks that are over are
 * right.
 *
 * @param topic the transactions, as {@code HOST:PORT/TOPIC}
 */
record TopicTrials(Shop shop, String topic, Path work, int patienceSeconds) implements Trials {
  @Override
  public Trial run(Contender contender) throws Exception {
    TrialDirectory directory = TrialDirectory.make(work, contender.name());
    String prefix = directory.name() + ".";
    Answers truth = shop.closed();
    Answers firstWeek = truth.of(Row.WEEKLY_VOLUME, shop.firstWeek());
    try (ResultTopics results = ResultTopics.make(topic.substring(0, topic.indexOf('/')), prefix);
        MeasuredProcess process =
            MeasuredProcess.start(
                contender.program().command(topic, prefix, directory.scratch()), directory.log())) {
      double first = await(firstWeek, results, process);
      double last = await(truth, results, process);
      Usage usage = process.stop(last);
      directory.delete();
      return new Trial(usage, OptionalDouble.of(shop.laterTransactions() / (last - first)));
    }
  }

  /** When the rows were right, in seconds since the start. */
  private double await(Answers right, ResultTopics results, MeasuredProcess process)
      throws Exception {
    while (!results.poll().contain(right)) {
      process.checkIsAlive();
      if (process.sinceStart() > patienceSeconds) {
        throw process.failed(
            "after %d s (--patience) rows are wrong or not there, the first of them %s"
                .formatted(patienceSeconds, results.poll().missing(right)));
      }
    }
    return process.sinceStart();
  }
}
