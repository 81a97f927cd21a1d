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
  private static final String AT_ONCE = "ALL_EXCHANGES_PIPELINED";

  @Test
  void keepTheParallelismOfBatches() {
    FlinkPipelineOptions here = options();
    FlinkPipelineOptions cluster = options();

    FlinkDefaults.forThisProcess(here);
    FlinkDefaults.forCluster(cluster);

    assertThat(FlinkDefaults.keepParallelism(here)).isTrue();
    assertThat(FlinkDefaults.keepParallelism(cluster)).isTrue();
  }

  @Test
  void leaveAUsersConfigurationAlone(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("config.yaml"), "parallelism.default: 3\n");
    FlinkPipelineOptions options = options("--flinkConfDir=" + directory);

    FlinkDefaults.forThisProcess(options);

    assertThat(options.getFlinkConfDir()).isEqualTo(directory.toString());
    assertThat(FlinkDefaults.keepParallelism(options)).isFalse();
  }

  /** More steps at once would have too few network buffers, and fail. */
  @Test
  void runStepsAtOnceWhereTheyAreFew() throws IOException {
    assertThat(presets("--parallelism=8")).contains(AT_ONCE);
    assertThat(presets("--parallelism=9")).doesNotContain(AT_ONCE);
  }

  private static String presets(String... flags) throws IOException {
    FlinkPipelineOptions options = options(flags);
    FlinkDefaults.forThisProcess(options);
    return Files.readString(Path.of(options.getFlinkConfDir(), "config.yaml"));
  }

  private static FlinkPipelineOptions options(String... flags) {
    return PipelineOptionsFactory.fromArgs(flags).as(FlinkPipelineOptions.class);
  }
}
