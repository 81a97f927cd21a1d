package fortnight.benchmarks.contenders;

import fortnight.benchmarks.measure.MeasuredProcess.Usage;
import java.util.OptionalDouble;

/** Runs contenders over the same transactions, and checks their results. */
public interface Trials {
  /**
   * Runs a contender once, from the beginning.
   *
   * @throws fortnight.common.cli.CommandException if it fails, or gives other results than expected
   */
  Trial run(Contender contender) throws Exception;

  /**
   * A run with the expected results.
   *
   * @param usage the resources it used
   * @param recordsPerSecond throughput of a stream after its start; empty for a bounded run
   */
  record Trial(Usage usage, OptionalDouble recordsPerSecond) {
    double wallSeconds() {
      return usage.wallSeconds();
    }

    double throughput() {
      return recordsPerSecond.orElseThrow();
    }
  }
}
