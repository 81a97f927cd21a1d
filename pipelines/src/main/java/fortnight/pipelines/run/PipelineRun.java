package fortnight.pipelines.run;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.pipelines.files.FileOutput;
import fortnight.pipelines.files.OpenFiles;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.runner.RunnerSupport;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a pipeline, from the checks to the table and the report. However it ends, no
 * incomplete result remains.
 */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  private static final Duration PROGRESS_INTERVAL = Duration.standardSeconds(5);
  private static final double NANOS = 1e9;

  private final RetailConfig config;
  private final RunnerSupport runner;
  private final long start = System.nanoTime();

  private final Thread hook = new Thread(this::stop, "stop and clean up");

  private volatile @Nullable PipelineResult result;
  private volatile boolean isStopped;
  private volatile boolean continuesElsewhere;
  private long lastShown;

  PipelineRun(RetailConfig config, RunnerSupport runner) {
    this.config = config;
    this.runner = runner;
  }

  /** A run with the support for its runner. */
  public static PipelineRun of(RetailConfig config) {
    return new PipelineRun(config, RunnerSupport.of(config.options()));
  }

  /**
   * Checks everything that the run needs, runs the pipeline to its end, and prints what it counted.
   *
   * @param graph adds the steps to the pipeline
   * @throws CommandException if the run fails, or too many records were rejected
   */
  public void execute(Consumer<Pipeline> graph) {
    checkRunner();
    OverlapWarning.of(config).ifPresent(System.err::println);
    config.input().check();
    config.outputs().forEach(Output::check);
    Optional<RunCounts> counts = runWithState(graph);
    if (counts.isPresent()) {
      System.out.print(RunTable.of(config, counts.get(), seconds()));
      runner.doubtAboutCounts().ifPresent(System.err::println);
      System.out.print(ReportWriter.write(config));
      RunVerdict.check(config, counts.get());
    } else if (config.report().isPresent()) {
      System.err.println("No report is made of a detached job.");
    }
  }

  private Optional<RunCounts> runWithState(Consumer<Pipeline> graph) {
    StateDirectory state = StateSettings.open(config);
    try {
      Pipeline pipeline = Pipeline.create(config.options());
      graph.accept(pipeline);
      return run(pipeline);
    } finally {
      if (state != null) {
        state.close();
      }
    }
  }

  /**
   * Runs the pipeline to its end.
   *
   * @return what it counted; empty if the job is detached
   */
  Optional<RunCounts> run(Pipeline pipeline) {
    if (!RunnerSupport.isInsideFlink()) { // Another JobManager may continue the job.
      Runtime.getRuntime().addShutdownHook(hook);
    }
    try {
      config.outputs().forEach(Output::prepare);
      config.report().ifPresent(report -> FileOutput.prepare(report.page()));
      if (!config.input().isBounded()) {
        System.err.println("Reading " + config.options().getInput() + " until this is stopped.");
      }
      result = runner.run(pipeline);
      if (result instanceof RunnerSupport.ClusterJob job) {
        System.err.println("Submitted: " + job.place());
        if (job.isDetached()) {
          continuesElsewhere = true;
          return Optional.empty();
        }
      }
      return Optional.of(watch(result));
    } catch (RunnerSupport.UnreachableJobException e) {
      waitIfStopped();
      continuesElsewhere = true;
      throw CommandException.failed(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("The run failed", e);
      waitIfStopped();
      throw CommandException.failed(ErrorMessages.of(e));
    } finally {
      end();
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private RunCounts watch(PipelineResult running) {
    PipelineResult.State state = running.waitUntilFinish(PROGRESS_INTERVAL);
    while (state == null || !state.isTerminal()) {
      if (Thread.currentThread().isInterrupted()) {
        throw CommandException.failed("interrupted while waiting for the end of the run");
      }
      showProgress(RunCounts.of(running));
      state = running.waitUntilFinish(PROGRESS_INTERVAL);
    }
    waitIfStopped();
    if (state != PipelineResult.State.DONE) {
      throw CommandException.failed("the run did not finish; its state is " + state);
    }
    return RunCounts.of(running);
  }

  private void end() {
    if (isStopped) {
      return; // The shutdown hook cleans up.
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is stopping", e);
    }
    if (!continuesElsewhere) {
      cleanUp();
    }
  }

  /** Checks the runner, before anything is created or submitted. */
  private void checkRunner() {
    runner
        .problem(config.options())
        .ifPresent(
            problem -> {
              throw CommandException.failed(problem);
            });
    if (runner.isElsewhere(config.options())) {
      LocalPathWarnings.of(config, runner.workers()).forEach(System.err::println);
    }
  }

  private void showProgress(RunCounts counts) {
    if (counts.areKnown() && counts.read() != lastShown) {
      lastShown = counts.read();
      System.err.printf(Locale.ROOT, "%.0f s: %,d records read%n", seconds(), lastShown);
    }
  }

  /** Runs when the process is stopped. Cancels the job first, because it would write on. */
  private void stop() {
    PipelineResult running = result;
    if (isStopped) {
      return;
    }
    isStopped = true;
    if (running instanceof RunnerSupport.ClusterJob job && !config.input().isBounded()) {
      System.err.println("The job continues: " + job.place());
      return;
    }
    if (running == null || cancel(running)) {
      cleanUp();
    }
  }

  /** Cancels the run; returns whether it ended, as far as can be known. */
  private boolean cancel(PipelineResult running) {
    try {
      if (!running.getState().isTerminal()) {
        running.cancel();
        if (!config.input().isBounded()) {
          showTable(RunCounts.of(running));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("The run cannot be cancelled", e);
      if (running instanceof RunnerSupport.ClusterJob job) {
        System.err.println("The job could not be cancelled, and may continue: " + job.place());
        return false;
      }
    }
    return true;
  }

  private void showTable(RunCounts counts) {
    if (counts.areKnown()) {
      System.out.print(RunTable.of(config, counts, seconds()));
    } else {
      System.out.println("Nothing was read, or the metrics are disabled in Flink's configuration.");
    }
  }

  /**
   * Waits for the end of the process if it is being stopped, because the state of the run, or the
   * exception that ended it, is then a consequence of the stop, and must not be reported.
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

  /** Whether the JVM runs its shutdown hooks, which all start at the same time. */
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
      for (Output output : config.outputs()) {
        output.cleanUp();
      }
      if (config.report().isPresent()) {
        config.report().get().page().cleanUp();
      }
    } catch (IOException e) {
      LOG.debug("Not everything could be deleted", e);
    }
  }
}
