package fortnight.pipelines.options;

import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.files.InputFile;
import fortnight.pipelines.files.Paths;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds results that would overwrite each other, or what the run reads. */
final class PathConflicts {
  private final RetailConfig config;
  private final FlagErrors errors;
  private final String deadLetters;
  private final Set<String> results;

  private PathConflicts(RetailConfig config, FlagErrors errors) {
    this.config = config;
    this.errors = errors;
    deadLetters = config.deadLetters().canonical();
    results =
        config.analyses().stream()
            .map(analysis -> config.output().of(analysis.title()).canonical())
            .collect(Collectors.toSet());
  }

  /** Adds an error for each conflict between the locations of a configuration. */
  static void check(RetailConfig config, FlagErrors errors) {
    if (config.output() != null && config.deadLetters() != null) {
      PathConflicts conflicts = new PathConflicts(config, errors);
      conflicts.checkResults();
      config.report().ifPresent(conflicts::checkReport);
    }
  }

  private void checkResults() {
    errors.check(
        !results.contains(deadLetters),
        "--deadLetters=" + config.deadLetters() + ": an analysis is written there");
    for (String path : config.input().locations()) {
      errors.check(
          !path.equals(deadLetters) && !results.contains(path),
          "--input: " + path + " would be overwritten by a result");
    }
  }

  private void checkReport(RetailConfig.ReportConfig report) {
    Set<String> catalog =
        report.catalog().stream().map(InputFile::path).collect(Collectors.toSet());
    Set<String> read = new HashSet<>(config.input().locations());
    read.addAll(Paths.canonical(catalog));
    if (config.kafka().configFile() != null) {
      read.add(Paths.canonical(config.kafka().configFile()));
    }
    if (config.options().getSchemaRegistryConfig() != null) {
      read.add(Paths.canonical(config.options().getSchemaRegistryConfig()));
    }
    if (config.jdbc().file() != null) {
      read.add(Paths.canonical(config.jdbc().file()));
    }
    String path = report.page().path();
    String page = Paths.canonical(path);
    errors.check(
        !results.contains(page) && !page.equals(deadLetters),
        "--report=" + path + ": another result is written there");
    errors.check(
        !read.contains(page), "--report=" + path + ": would overwrite a file that this run reads");
    for (String file : catalog) {
      errors.check(
          !results.contains(Paths.canonical(file)) && !Paths.canonical(file).equals(deadLetters),
          "--catalog: " + file + " would be overwritten by a result");
    }
  }
}
