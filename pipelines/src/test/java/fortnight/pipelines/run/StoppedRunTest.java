package fortnight.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.runner.RunnerSupport;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose runner fails because it is being cancelled, as DirectRunner does at some moments. */
@Timeout(60)
class StoppedRunTest {
  private static final int TERMINATED = 143;

  /** From this version on Java warns of libraries that use sun.misc.Unsafe or native code. */
  private static final int FIRST_WITH_WARNINGS = 24;

  @TempDir Path directory;

  @Test
  void doesNotReportWhatFailsBecauseItIsStopped() throws Exception {
    Path errors = directory.resolve("errors");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StoppedRun.class.getName());
    command.add("--input=" + Files.writeString(directory.resolve("sales.jsonl"), "{}\n"));
    command.add("--output=" + directory.resolve("out"));
    Process run = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    BufferedReader output = run.inputReader();
    assertThat(output.readLine()).as(Files.readString(errors)).isEqualTo("running");

    run.toHandle().destroy(); // Unlike destroy of the process itself, leaves its output open.

    assertThat(run.waitFor()).isEqualTo(TERMINATED);
    if (Runtime.version().feature() < FIRST_WITH_WARNINGS) {
      assertThat(errors).isEmptyFile();
    } else {
      assertThat(Files.readAllLines(errors)).allMatch(line -> line.startsWith("WARNING: "));
    }
    assertThat(output.readLine()).isNull();
  }

  /** The process that is stopped. */
  static final class StoppedRun {
    public static void main(String[] args) throws Exception {
      try {
        RetailConfig flags = RetailConfig.parse(args);
        new PipelineRun(flags, new FailsWhenCancelled()).run(Pipeline.create(flags.options()));
      } catch (CommandException e) {
        System.err.println(e.getMessage());
        throw e;
      }
    }
  }

  private static final class FailsWhenCancelled implements RunnerSupport, PipelineResult {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);

    @Override
    public boolean isFor(PipelineOptions options) {
      return true;
    }

    @Override
    public Optional<String> wrongFlag(PipelineOptions options, boolean isStream) {
      return Optional.empty();
    }

    @Override
    public Optional<String> problem(PipelineOptions options) {
      return Optional.empty();
    }

    @Override
    public boolean isElsewhere(PipelineOptions options) {
      return false;
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      return this;
    }

    @Override
    public State getState() {
      return State.RUNNING;
    }

    @Override
    public State cancel() {
      cancelled.countDown();
      awaitUninterruptibly(failed);
      return State.CANCELLED;
    }

    @Override
    public State waitUntilFinish() {
      return waitUntilFinish(Duration.ZERO);
    }

    @Override
    public State waitUntilFinish(Duration atMost) {
      System.out.println("running");
      awaitUninterruptibly(cancelled);
      failed.countDown();
      throw new IllegalStateException("Tried to get an evaluator of a finished registry");
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
