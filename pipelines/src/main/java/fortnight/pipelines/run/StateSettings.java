package fortnight.pipelines.run;

import fortnight.common.Analysis;
import fortnight.pipelines.options.RetailConfig;
import fortnight.transforms.volumes.OutlierLimits;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The settings that the state of a stream depends on, or that name the location of rows of closed
 * windows.
 */
final class StateSettings {
  private StateSettings() {}

  /** Opens the directory of {@code --stateDirectory}; null if the flag is absent. */
  static @Nullable StateDirectory open(RetailConfig config) {
    String directory = config.options().getStateDirectory();
    return directory == null
        ? null
        : StateDirectory.open(Path.of(directory).toAbsolutePath().normalize(), of(config));
  }

  private static Map<String, String> of(RetailConfig config) {
    Map<String, String> all = new TreeMap<>(config.input().identity());
    all.put("--output", config.output().identity());
    all.put("--deadLetters", config.deadLetters().identity());
    // Empty as in directories that were made before these flags existed.
    all.put("--outputFormat", unlessDefault(config.options().getOutputFormat(), "json"));
    all.put("--rowEnvelope", unlessDefault(config.options().getRowEnvelope(), "none"));
    all.put(
        "--analyses",
        config.analyses().stream().map(Analysis::title).sorted().collect(Collectors.joining(",")));
    if (config.analyses().contains(Analysis.OUTLIERS)) {
      OutlierLimits limits = config.outlierLimits();
      all.put("--outlierAbove", Double.toString(limits.above()));
      all.put("--outlierBelow", Double.toString(limits.below()));
      all.put("--outlierMinimum", limits.minimum().stripTrailingZeros().toPlainString());
    }
    all.put("--format", config.format().identity());
    all.put("--period", config.windows().period());
    all.put("--every", config.windows().every());
    all.put("--against", config.windows().distance());
    all.put("--weekStart", config.options().getWeekStart().toUpperCase(Locale.ROOT));
    all.put("--timeZone", config.timeZone().getId());
    all.put("--from", config.from().toString());
    all.put(
        "--dropDuplicatesWithin", config.dropDuplicatesWithin().map(Object::toString).orElse(""));
    return all;
  }

  private static String unlessDefault(String value, String preset) {
    return value.equals(preset) ? "" : value;
  }
}
