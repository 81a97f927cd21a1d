package fortnight.pipelines;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
  private final RunnerSupport runner;
  private final long start = System.nanoTime();

  private final Thread hook = new Thread(this::stop, "stop and clean up");

  private volatile @Nullable PipelineResult result;
  private volatile boolean isStopped;
  private volatile boolean goesOnAlone;
  private long lastShown;

  Run(RetailFlags flags) {
    this(flags, RunnerSupport.of(flags.options()));
  }

  Run(RetailFlags flags, RunnerSupport runner) {
    this.flags = flags;
    this.runner = runner;
  }

  /**
   * Runs the pipeline to its end.
   *
   * @return what it counted; empty if it goes on without this process
   * @throws RunFailed with one sentence that says why
   */
  Optional<RunCounts> toEnd(Pipeline pipeline) throws RunFailed {
    if (!Guest.isOfFlink()) { // A JobManager may end, and another one go on with the job.
      Runtime.getRuntime().addShutdownHook(hook);
    }
    try {
      probe();
      sayThatItGoesOn();
      result = runner.run(pipeline);
      if (result instanceof ClusterJob job) {
        System.err.println("Submitted: " + job.place());
        if (job.isDetached()) {
          goesOnAlone = true;
          return Optional.empty();
        }
      }
      return Optional.of(watch(result));
    } catch (LostSight e) {
      waitIfStopped();
      goesOnAlone = true;
      throw new RunFailed(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("The run failed", e);
      waitIfStopped();
      throw new RunFailed(Causes.sentence(e));
    } finally {
      end();
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private RunCounts watch(PipelineResult running) throws RunFailed {
    PipelineResult.State state = running.waitUntilFinish(BETWEEN_PROGRESS);
    while (state == null || !state.isTerminal()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new RunFailed("interrupted while waiting for the run's end");
      }
      showProgress(RunCounts.of(running));
      state = running.waitUntilFinish(BETWEEN_PROGRESS);
    }
    waitIfStopped();
    if (state != PipelineResult.State.DONE) {
      throw new RunFailed("the run was not finished: it is " + state);
    }
    return RunCounts.of(running);
  }

  /** Nobody needs to stop any more what has ended. */
  private void end() {
    if (isStopped) {
      return; // The one who stops it cleans up.
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("It is being stopped at this moment", e);
    }
    if (!goesOnAlone) {
      cleanUp();
    }
  }

  /**
   * Asks the runner, before anything is made or submitted.
   *
   * @throws RunFailed when it cannot run as the options say
   */
  void checkRunner() throws RunFailed {
    Optional<String> problem = runner.problem(flags.options());
    if (problem.isPresent()) {
      throw new RunFailed(problem.get());
    }
    if (runner.isElsewhere(flags.options())) {
      LocalPlaces.warnings(flags).forEach(System.err::println);
    }
  }

  private void sayThatItGoesOn() {
    if (!flags.input().isBounded()) {
      System.err.println("Reading " + flags.options().getInput() + " until this is stopped.");
    }
  }

  private void showProgress(RunCounts counts) {
    if (counts.areKnown() && counts.read() != lastShown) {
      lastShown = counts.read();
      System.err.printf(Locale.ROOT, "%.0f s: %,d records read%n", seconds(), lastShown);
    }
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

  /** Somebody ends this process. What still runs in it would write on while its files go. */
  private void stop() {
    PipelineResult running = result;
    if (isStopped) {
      return;
    }
    isStopped = true;
    if (running instanceof ClusterJob job && !flags.input().isBounded()) {
      System.err.println("It goes on: " + job.place());
      return;
    }
    if (running == null || cancel(running)) {
      cleanUp();
    }
  }

  /** Whether it runs no more, as far as can be known. */
  private boolean cancel(PipelineResult running) {
    try {
      if (!running.getState().isTerminal()) {
        running.cancel();
        if (!flags.input().isBounded()) {
          showTable(RunCounts.of(running));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("The run cannot be cancelled", e);
      if (running instanceof ClusterJob job) {
        System.err.println("It could not be cancelled and may go on: " + job.place());
        return false;
      }
    }
    return true;
  }

  private void showTable(RunCounts counts) {
    if (counts.areKnown()) {
      System.out.print(RunTable.of(flags, counts, seconds()));
    } else {
      System.out.println("Nothing was read, or this Flink's configuration keeps counts to itself.");
    }
  }

  /**
   * Waits for the end of the process if it is being stopped: the state of the run, or the exception
   * that ended it, is then a consequence of the stop and no result to report.
   */
  private void waitIfStopped() {
    if (!isStopped && !isShuttingDown()) {
      return;
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the JVM runs its shutdown hooks. They start at once, in any order. */
  private static boolean isShuttingDown() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
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
