package fortnight.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of this machine, which a run elsewhere may not see. */
final class LocalPlaces {
  private LocalPlaces() {}

  /** A warning for each flag that names such files. */
  static List<String> warnings(RetailFlags flags) {
    List<String> warnings = new ArrayList<>();
    if (flags.inputPaths().stream().anyMatch(LocalPlaces::isLocal)) {
      warnings.add(
          "warning: --input is on this machine's disk. TaskManagers elsewhere will not find it, and"
              + " the run fails; put it where all of them can read it.");
    }
    for (String path : flags.outputs().stream().flatMap(LocalPlaces::paths).toList()) {
      if (isLocal(path)) {
        warnings.add(
            "warning: "
                + path
                + " is on this machine's disk. TaskManagers elsewhere write to their own, so results"
                + " lie scattered, or the run fails; give a place that all of them see, or a topic.");
        break;
      }
    }
    if (flags.options().getKafkaConfig() != null) {
      warnings.add(
          "warning: --kafkaConfig="
              + flags.options().getKafkaConfig()
              + " is read by the JobManager and every TaskManager, under this path: put it there.");
    }
    return warnings;
  }

  private static Stream<String> paths(Output output) {
    return output instanceof FileOutput files
        ? files.files().values().stream().map(OutputFile::path)
        : Stream.empty();
  }

  private static boolean isLocal(String path) {
    return !path.contains("://") || path.startsWith("file://");
  }
}
