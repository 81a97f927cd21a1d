package fortnight.runners.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jar that is sent to a cluster: {@code fortnight-flink.jar} beside the jar that runs. */
final class JobJar {
  private static final Logger LOG = LoggerFactory.getLogger(JobJar.class);

  private static final String NAME = "fortnight-flink.jar";

  private JobJar() {}

  /**
   * Sets {@code --filesToStage} unless the user does. Beam's default is the whole class path, which
   * includes Flink and a broker.
   */
  static void stage(FlinkPipelineOptions options) {
    Path jar = Path.of(System.getProperty("java.class.path")).resolveSibling(NAME);
    if (options.getFilesToStage() != null) {
      return;
    }
    if (Files.isRegularFile(jar)) {
      options.setFilesToStage(List.of(jar.toAbsolutePath().toString()));
    } else {
      LOG.warn(
          "There is no {} beside the jar that runs, so the whole class path is sent to the cluster,"
              + " including Flink; use --filesToStage=DIR/{}",
          NAME,
          NAME);
    }
  }
}
