package fortnight.pipelines;

import java.io.IOException;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.checkerframework.checker.nullness.qual.Nullable;
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

  private volatile @Nullable PipelineResult result;

  Run(RetailFlags flags) {
    this.flags = flags;
  }

  /**
   * Runs the pipeline to its end.
   *
   * @throws RunFailed with one sentence that says why
   */
  RunCounts toEnd(Pipeline pipeline) throws RunFailed {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop and clean up"));
    try {
      probe();
      sayThatItGoesOn();
      result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish(BETWEEN_PROGRESS);
      while (state == null || !state.isTerminal()) {
        showProgress(RunCounts.of(result));
        state = result.waitUntilFinish(BETWEEN_PROGRESS);
      }
      if (state != PipelineResult.State.DONE) {
        throw new RunFailed("the run was not finished: it is " + state);
      }
      return RunCounts.of(result);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("The run failed", e);
      throw new RunFailed(Causes.sentence(e));
    } finally {
      cleanUp();
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private void sayThatItGoesOn() {
    if (!flags.input().isBounded()) {
      System.err.println("Reading " + flags.options().getInput() + " until this is stopped.");
    }
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

  /** What still runs would write on while its files are removed. */
  private void stop() {
    try {
      if (result != null && !result.getState().isTerminal()) {
        result.cancel();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("The run cannot be cancelled", e);
    }
    cleanUp();
  }

  private void cleanUp() {
    try {
      OpenFiles.closeAll();
      for (OutputFile file : flags.files()) {
        file.cleanUp();
      }
    } catch (IOException e) {
      LOG.debug("Not all could be removed", e);
    }
  }
}
