package fortnight.runners;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jar that goes to a cluster: {@code fortnight-flink.jar}, where it lies beside this one. */
final class JobJar {
  private static final Logger LOG = LoggerFactory.getLogger(JobJar.class);

  private static final String NAME = "fortnight-flink.jar";

  private JobJar() {}

  /** Unless the user says what to send; what Beam would send holds Flink and a broker, too. */
  static void stage(FlinkPipelineOptions options) {
    Path beside = Path.of(System.getProperty("java.class.path")).resolveSibling(NAME);
    if (options.getFilesToStage() != null) {
      return;
    }
    if (Files.isRegularFile(beside)) {
      options.setFilesToStage(List.of(beside.toAbsolutePath().toString()));
    } else {
      LOG.warn(
          "There is no {} beside what runs here: the whole class path goes to the cluster, Flink"
              + " and all. Say where it is: --filesToStage=DIR/{}",
          NAME,
          NAME);
    }
  }
}
