package fortnight.pipelines.run;

import fortnight.pipelines.options.RetailConfig;
import java.util.ArrayList;
import java.util.List;

/** Warns of local files, which the machines of a cluster may not have. */
final class LocalPathWarnings {
  private LocalPathWarnings() {}

  /**
   * A warning for each flag that names local files.
   *
   * @param workers what the runner calls its processes, in the plural
   */
  static List<String> of(RetailConfig config, String workers) {
    List<String> warnings = new ArrayList<>();
    if (config.input().locations().stream().anyMatch(LocalPathWarnings::isLocal)) {
      warnings.add(
          "warning: --input is on the disk of this machine. The run fails if the "
              + workers
              + " are on other machines; use a location that all of them can read.");
    }
    config.outputs().stream()
        .flatMap(output -> output.titles().stream().map(output::location))
        .filter(LocalPathWarnings::isLocal)
        .findFirst()
        .ifPresent(
            path ->
                warnings.add(
                    "warning: "
                        + path
                        + " is on the disk of this machine. On other machines, "
                        + workers
                        + " write to their own disks, and results are scattered or the run fails;"
                        + " use a location that all of them can write, or a topic."));
    if (config.kafka().configFile() != null) {
      warnings.add(readByAll(config.kafka().flag()));
    }
    String jdbcConfig = config.options().getJdbcConfig();
    if (jdbcConfig != null) {
      warnings.add(readByAll("--jdbcConfig=" + jdbcConfig));
    }
    String registryConfig = config.options().getSchemaRegistryConfig();
    if (registryConfig != null) {
      warnings.add(readByAll("--schemaRegistryConfig=" + registryConfig));
    }
    return warnings;
  }

  private static String readByAll(String flag) {
    return "warning: all processes of the cluster read "
        + flag
        + " from this path of their own disk; copy the file there.";
  }

  private static boolean isLocal(String location) {
    return !location.contains("://") || location.startsWith("file://");
  }
}
