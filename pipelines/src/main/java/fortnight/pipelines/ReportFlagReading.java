package fortnight.pipelines;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Gives {@code --report} and {@code --catalog} their meaning. */
final class ReportFlagReading {
  private ReportFlagReading() {}

  static Optional<ReportFlags> read(RetailOptions options, String runId, Problems problems) {
    @Nullable List<InputFile> catalog =
        options.getCatalog() == null
            ? List.of()
            : problems.read("catalog", options.getCatalog(), InputFiles::match, "");
    if (options.getReport() == null) {
      if (options.getCatalog() != null) {
        problems.add("--catalog: names the items of a report; give --report, too");
      }
      return Optional.empty();
    }
    return Optional.ofNullable(problems.read("report", options.getReport(), Paths::file, ""))
        .map(page -> new ReportFlags(OutputFile.of(page, runId), orNone(catalog)));
  }

  private static List<InputFile> orNone(@Nullable List<InputFile> files) {
    return files == null ? List.of() : files;
  }

  /** A report is made of files that are complete, and takes nobody's place. */
  static void check(RetailFlags flags, Problems problems) {
    if (flags.options().getReport() == null) {
      return;
    }
    if (!flags.input().isBounded()) {
      problems.add("--report: shows a run that ends, and this topic has no end; give --until, too");
    }
    if (flags.output() == null || flags.deadLetters() == null || flags.report().isEmpty()) {
      return;
    }
    if (KafkaAddress.isMeantBy(flags.output())) {
      problems.add("--report: is made of result files, and --output is no directory");
      return;
    }
    checkPlaces(flags, flags.report().get(), problems);
  }

  private static void checkPlaces(RetailFlags flags, ReportFlags report, Problems problems) {
    Set<String> results = new HashSet<>();
    results.add(Paths.whole(flags.deadLetters()));
    for (String title : flags.results().titles()) {
      results.add(Paths.whole(flags.results().path(title)));
    }
    Set<String> read = new HashSet<>();
    read.addAll(Paths.whole(flags.inputPaths()));
    report.catalog().forEach(file -> read.add(Paths.whole(file.path())));
    if (flags.options().getKafkaConfig() != null) {
      read.add(Paths.whole(flags.options().getKafkaConfig()));
    }
    String page = Paths.whole(report.page().path());
    if (results.contains(page)) {
      problems.add("--report=" + report.page().path() + ": the place of another result");
    }
    if (read.contains(page)) {
      problems.add("--report=" + report.page().path() + ": would overwrite what this run reads");
    }
    for (InputFile file : report.catalog()) {
      if (results.contains(Paths.whole(file.path()))) {
        problems.add("--catalog: " + file.path() + " would be overwritten by a result");
      }
    }
  }
}
