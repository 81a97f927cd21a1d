package fortnight.runners;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/** The jar that goes to a cluster: {@code fortnight-flink.jar}, where it lies beside this one. */
final class JobJar {
  private static final String NAME = "fortnight-flink.jar";

  private JobJar() {}

  /** Unless the user says what to send; what Beam would send holds Flink and a broker, too. */
  static void stage(FlinkPipelineOptions options) {
    Path beside = Path.of(System.getProperty("java.class.path")).resolveSibling(NAME);
    if (options.getFilesToStage() == null && Files.isRegularFile(beside)) {
      options.setFilesToStage(List.of(beside.toAbsolutePath().toString()));
    }
  }
}
