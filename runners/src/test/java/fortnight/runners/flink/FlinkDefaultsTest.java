package fortnight.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkDefaultsTest {
  private static final String PIPELINED = "ALL_EXCHANGES_PIPELINED";

  @Test
  void keepTheParallelismOfBatchJobs() {
    FlinkPipelineOptions embedded = options();
    FlinkPipelineOptions cluster = options();

    FlinkDefaults.setForEmbedded(embedded);
    FlinkDefaults.setForCluster(cluster);

    assertThat(FlinkDefaults.keepsParallelism(embedded)).isTrue();
    assertThat(FlinkDefaults.keepsParallelism(cluster)).isTrue();
  }

  @Test
  void doNotChangeTheUsersConfiguration(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("config.yaml"), "parallelism.default: 3\n");
    FlinkPipelineOptions options = options("--flinkConfDir=" + directory);

    FlinkDefaults.setForEmbedded(options);

    assertThat(options.getFlinkConfDir()).isEqualTo(directory.toString());
    assertThat(FlinkDefaults.keepsParallelism(options)).isFalse();
  }

  /** At a higher parallelism there would be too few network buffers, and the job would fail. */
  @Test
  void pipelineTheStepsAtALowParallelism() throws IOException {
    assertThat(configuration("--parallelism=8")).contains(PIPELINED);
    assertThat(configuration("--parallelism=9")).doesNotContain(PIPELINED);
  }

  private static String configuration(String... flags) throws IOException {
    FlinkPipelineOptions options = options(flags);
    FlinkDefaults.setForEmbedded(options);
    return Files.readString(Path.of(options.getFlinkConfDir(), "config.yaml"));
  }

  private static FlinkPipelineOptions options(String... flags) {
    return PipelineOptionsFactory.fromArgs(flags).as(FlinkPipelineOptions.class);
  }
}
