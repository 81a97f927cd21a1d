package fortnight.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.runners.PipelineRun;
import java.io.IOException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.runtime.executiongraph.failover.ExecutionFailureHandler;
import org.junit.jupiter.api.Test;

class FlinkRunnerSupportTest {
  private final FlinkRunnerSupport flink = new FlinkRunnerSupport();

  @Test
  void marksAFailureThatARestartWouldRepeat() {
    RuntimeException loss = new IllegalStateException("offsets 3 to 4 are lost");

    RuntimeException failure = flink.withoutRestart(loss);

    assertThat(failure).hasRootCause(loss);
    assertThat(ExecutionFailureHandler.isUnrecoverableError(new IOException(failure))).isTrue();
    assertThat(ExecutionFailureHandler.isUnrecoverableError(new IOException(loss))).isFalse();
  }

  @Test
  void rejectsFasterCopyForAStream() {
    PipelineRun run =
        PipelineRun.of(
            "--runner=FlinkRunner", "--input=kafka://nowhere.invalid:9092/sales", "--fasterCopy");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .anyMatch(line -> line.startsWith("--fasterCopy=true: ") && line.contains("count twice"));
  }

  @Test
  void rejectsFasterCopyForFilesInStreamingMode() {
    assertThat(flink.wrongFlag(options("--fasterCopy=true", "--streaming=true"), false))
        .isNotEmpty();
  }

  @Test
  void acceptsFasterCopyWithoutCheckpoints() {
    assertThat(flink.wrongFlag(options("--fasterCopy=true"), false)).isEmpty();
    String preset = "--finishBundleBeforeCheckpointing=true";
    assertThat(flink.wrongFlag(options("--fasterCopy=false", preset), true)).isEmpty();
    assertThat(flink.wrongFlag(options(preset), true)).isEmpty();
  }

  @Test
  void rejectsSumsInACheckpoint() {
    PipelineRun run =
        PipelineRun.of(
            "--runner=FlinkRunner",
            "--input=kafka://nowhere.invalid:9092/sales",
            "--finishBundleBeforeCheckpointing=false");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .anyMatch(line -> line.startsWith("--finishBundleBeforeCheckpointing=false: "));
  }

  @Test
  void rejectsABoundedRunWithoutCounters() {
    String preset = "--finishBundleBeforeCheckpointing=true";
    assertThat(flink.wrongFlag(options("--disableMetrics=true"), false)).isNotEmpty();
    assertThat(flink.wrongFlag(options("--disableMetrics=true", preset), true)).isEmpty();
  }

  private static FlinkPipelineOptions options(String... flags) {
    return PipelineOptionsFactory.fromArgs(flags).as(FlinkPipelineOptions.class);
  }
}
