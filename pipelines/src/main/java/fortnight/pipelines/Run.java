package fortnight.pipelines;

import java.io.IOException;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a pipeline, from start to table; whatever happens, nothing half-written stays. */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private static final Duration BETWEEN_PROGRESS = Duration.standardSeconds(5);
  private static final double NANOS = 1e9;

  private final RetailFlags flags;
  private final long start = System.nanoTime();

  Run(RetailFlags flags) {
    this.flags = flags;
  }

  /**
   * Runs the pipeline to its end.
   *
   * @throws RunFailed with one sentence that says why
   */
  RunCounts toEnd(Pipeline pipeline) throws RunFailed {
    Thread cleanUp = new Thread(this::cleanUp, "clean up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    try {
      probe();
      PipelineResult result = pipeline.run();
      while (!isOver(result.waitUntilFinish(BETWEEN_PROGRESS))) {
        showProgress(RunCounts.of(result));
      }
      return RunCounts.of(result);
    } catch (RuntimeException e) {
      LOG.debug("The run failed", e);
      throw new RunFailed(Causes.sentence(e));
    } catch (OutOfMemoryError e) {
      throw new RunFailed("not enough memory: give java a larger heap, say -Xmx8g");
    } finally {
      cleanUp();
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private static boolean isOver(PipelineResult.State state) {
    return state != null && state.isTerminal();
  }

  private void showProgress(RunCounts counts) {
    System.err.printf(Locale.ROOT, "%.0f s: %,d records read%n", seconds(), counts.read());
  }

  private void probe() throws RunFailed {
    for (OutputFile file : flags.files()) {
      try {
        file.probe();
      } catch (IOException e) {
        LOG.debug("Cannot write {}", file.path(), e);
        throw new RunFailed(
            "cannot write " + file.path() + ": its directory cannot be made, or not be written to");
      }
    }
  }

  private void cleanUp() {
    for (OutputFile file : flags.files()) {
      try {
        file.cleanUp();
      } catch (IOException e) {
        LOG.debug("Nothing left to remove at {}", file.temporary(), e);
      }
    }
  }
}
