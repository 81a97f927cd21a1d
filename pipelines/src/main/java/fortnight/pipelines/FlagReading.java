package fortnight.pipelines;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.volumes.ComparisonWindows;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHintsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Gives each flag its meaning; a flag that has none adds to the problems. */
final class FlagReading {
  private static final String A_TIME = "say 2022-12-26, or 2022-12-26T09:30:00";
  private static final String A_LENGTH = "say 7d, 12h, 15m, or ISO-8601 such as P7D";
  private static final String A_SHORT_LENGTH = "say 10s, or 1m";
  private static final String NOW = "now";

  private final RetailOptions options;
  private final Problems problems;

  FlagReading(RetailOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
  }

  /** The files to read; empty where a topic is to be read. */
  @Nullable List<InputFile> inputFiles() {
    return KafkaAddress.isMeantBy(options.getInput())
        ? List.of()
        : problems.read("input", options.getInput(), Paths::files, "");
  }

  @Nullable KafkaAddress inputTopic() {
    return KafkaAddress.isMeantBy(options.getInput())
        ? problems.read("input", options.getInput(), KafkaAddress::parse, "")
        : null;
  }

  /** True also where the flag has no meaning. */
  boolean failOnDataLoss() {
    return !Boolean.FALSE.equals(
        problems.read("failOnDataLoss", options.getFailOnDataLoss(), FlagValues::trueOrFalse, ""));
  }

  @Nullable String output() {
    return place("output", options.getOutput(), Paths::directory);
  }

  /** Unless they are wanted elsewhere, they lie beside the output, if there is one. */
  @Nullable String deadLetters(@Nullable String output) {
    String given = options.getDeadLetters();
    if (given != null) {
      return place("deadLetters", given, Paths::file);
    }
    if (output == null) {
      return null;
    }
    return KafkaAddress.isMeantBy(output)
        ? output + Output.DEAD_LETTERS
        : Paths.fileIn(output, Output.DEAD_LETTERS + ".jsonl");
  }

  private @Nullable String place(String flag, String text, Function<String, String> path) {
    return problems.read(
        flag,
        text,
        KafkaAddress.isMeantBy(text) ? topic -> KafkaAddress.parse(topic).toString() : path,
        "");
  }

  KafkaClients kafkaClients() {
    return new KafkaClients(
        options.getKafkaConfig() == null
            ? null
            : problems.read(
                "kafkaConfig", options.getKafkaConfig(), KafkaConfigFile::readable, ""));
  }

  @Nullable StreamFlags stream() {
    Duration outOfOrderness = length("outOfOrderness", options.getOutOfOrderness());
    Duration lateness = length("allowedLateness", options.getAllowedLateness());
    Duration idleAfter = length("idleAfter", options.getIdleAfter());
    Duration skew = length("maxFutureSkew", options.getMaxFutureSkew());
    Optional<Duration> early =
        Optional.ofNullable(options.getEarlyEvery())
            .map(text -> problems.read("earlyEvery", text, Durations::parse, A_SHORT_LENGTH));
    return outOfOrderness == null || lateness == null || idleAfter == null || skew == null
        ? null
        : new StreamFlags(outOfOrderness, lateness, early, idleAfter, skew);
  }

  Optional<Duration> dropDuplicatesWithin() {
    return Optional.ofNullable(options.getDropDuplicatesWithin())
        .map(text -> problems.read("dropDuplicatesWithin", text, Durations::parse, A_LENGTH));
  }

  private @Nullable Duration length(String flag, String text) {
    return problems.read(flag, text, Durations::parseOrZero, A_LENGTH);
  }

  @Nullable Set<Analysis> analyses() {
    EnumSet<Analysis> analyses = EnumSet.noneOf(Analysis.class);
    for (String title : options.getAnalyses().split(",", -1)) {
      Analysis analysis = problems.read("analyses", title.strip(), FlagValues::analysis, "");
      if (analysis != null) {
        analyses.add(analysis);
      }
    }
    return analyses;
  }

  @Nullable ComparisonWindows windows(@Nullable StreamFlags stream) {
    String everyText = options.getEvery() == null ? options.getPeriod() : options.getEvery();
    Duration period = problems.read("period", options.getPeriod(), Durations::parse, A_LENGTH);
    Duration every =
        options.getEvery() == null
            ? period
            : problems.read("every", everyText, Durations::parse, A_LENGTH);
    DayOfWeek weekStart =
        problems.read("weekStart", options.getWeekStart(), FlagValues::weekday, "");
    if (period == null || every == null || weekStart == null || stream == null) {
      return null;
    }
    ComparisonWindows windows =
        problems.read("every", everyText, text -> FlagValues.windows(period, every, weekStart), "");
    if (windows == null) {
      return null;
    }
    ComparisonWindows late = windows.withAllowedLateness(stream.allowedLateness());
    return stream.earlyEvery().map(late::withEarlyFiringsEvery).orElse(late);
  }

  @Nullable ZoneId timeZone() {
    return problems.read("timeZone", options.getTimeZone(), FlagValues::zone, "");
  }

  /** Of a zone that is none UTC stands in: the times are then only looked at, not used. */
  private static ZoneId orUtc(@Nullable ZoneId zone) {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  @Nullable Instant from(@Nullable ZoneId zone) {
    return options.getFrom() == null
        ? Instant.ofEpochMilli(EventTimeRange.FIRST)
        : problems.read(
            "from", options.getFrom(), text -> FlagValues.time(text, orUtc(zone)), A_TIME);
  }

  @Nullable Instant until(@Nullable ZoneId zone) {
    return options.getUntil() == null
        ? Instant.ofEpochMilli(EventTimeRange.END)
        : problems.read(
            "until",
            options.getUntil(),
            text ->
                NOW.equals(text) ? FlagValues.now(orUtc(zone)) : FlagValues.time(text, orUtc(zone)),
            A_TIME + ", or now");
  }

  @Nullable RejectLimit maxRejected() {
    return problems.read(
        "maxRejected", options.getMaxRejected(), RejectLimit::parse, "say 100, or 0.1%");
  }

  void check(@Nullable Instant from, @Nullable Instant until) {
    if (from != null && until != null && !from.isBefore(until)) {
      problems.add("--from must be before --until: no event time lies between");
    }
  }

  void checkRunner(Input input) {
    if (input instanceof FileInput files
        && files.files() != null
        && files.hasPipe()
        && RunnerSupport.of(options).isInOtherProcesses(options)) {
      problems.add(
          "--input="
              + options.getInput()
              + ": a pipe, which the processes of a cluster cannot read; write it to a file that all"
              + " of them see, or leave --flinkMaster out");
    }
    if (options.getStateDirectory() != null) {
      checkStateDirectory(input);
    }
    RunnerSupport.of(options).wrongFlag(options, !input.isBounded()).ifPresent(problems::add);
  }

  private void checkStateDirectory(Input input) {
    String flag = "--stateDirectory=" + options.getStateDirectory() + ": ";
    problems.read("stateDirectory", options.getStateDirectory(), Paths::directory, "");
    if (options.getStateDirectory().contains("://")) {
      problems.add(flag + "not a directory of this machine");
    }
    if (input.isBounded()) {
      problems.add(
          flag + "only for streams; a run that ends by itself keeps no state, leave it out");
    } else if (!options.getRunner().getSimpleName().equals("FlinkRunner")) {
      problems.add(flag + "only Flink keeps state between runs; add --runner=FlinkRunner");
    }
  }

  /** Beam checks them when a pipeline is made, which is late for a sentence. */
  void checkResourceHints() {
    try {
      ResourceHints.fromOptions(options);
    } catch (IllegalArgumentException e) {
      List<String> hints = options.as(ResourceHintsOptions.class).getResourceHints();
      problems.add(
          "--resourceHints="
              + String.join(",", hints)
              + ": say minRam=2GB, or cpuCount=4 ("
              + e.getMessage()
              + ")");
    }
  }

  /** Two results in one place would lose one of them, and a result in an input would lose that. */
  void checkPlaces(RetailFlags flags) {
    if (flags.output() == null || flags.deadLetters() == null || flags.analyses() == null) {
      return;
    }
    String deadLetters = Paths.whole(flags.deadLetters());
    Set<String> results = new HashSet<>();
    for (String title : flags.results().titles()) {
      results.add(Paths.whole(flags.results().path(title)));
    }
    if (results.contains(deadLetters)) {
      problems.add("--deadLetters=" + flags.deadLetters() + ": the place of an analysis");
    }
    for (String path : Paths.whole(flags.inputPaths())) {
      if (path.equals(deadLetters) || results.contains(path)) {
        problems.add("--input: " + path + " would be overwritten by a result");
      }
    }
  }
}
