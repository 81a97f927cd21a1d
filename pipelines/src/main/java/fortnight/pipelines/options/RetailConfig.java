package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.common.kafka.KafkaClients;
import fortnight.pipelines.files.InputFile;
import fortnight.pipelines.files.OutputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.io.Input;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.volumes.ComparisonWindows;
import fortnight.transforms.volumes.OutlierLimits;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHintsOptions;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The configuration of a run: the values of all flags, after they were checked.
 *
 * @param output the location of the rows of all analyses
 * @param deadLetters the location of rejected records
 * @param from the first event time that is included
 * @param until the first event time that is no longer included
 * @param runId distinguishes the temporary files and tables of this run from those of others
 */
public record RetailConfig(
    RetailOptions options,
    Input input,
    RecordFormat format,
    OutputLocation output,
    OutputLocation deadLetters,
    Set<Analysis> analyses,
    OutlierLimits outlierLimits,
    ComparisonWindows windows,
    ZoneId timeZone,
    Instant from,
    Instant until,
    Optional<Duration> dropDuplicatesWithin,
    RejectLimit maxRejected,
    KafkaClients kafka,
    JdbcConfig jdbc,
    Optional<ReportConfig> report,
    String runId) {

  /**
   * The report that a run makes.
   *
   * @param catalog files with the names of items
   */
  public record ReportConfig(OutputFile page, List<InputFile> catalog) {}

  /**
   * Parses and checks arguments.
   *
   * @throws CommandException with all errors
   */
  public static RetailConfig parse(String... args) {
    FlagErrors errors = new FlagErrors();
    RetailOptions options = BeamArguments.parse(List.of(args), errors);
    FileSystems.setDefaultPipelineOptions(options);
    ConfigReader reader = new ConfigReader(options, errors);
    String runId = UUID.randomUUID().toString();
    ZoneId timeZone = reader.timeZone();
    KafkaClients kafka = reader.kafkaClients();
    RecordFormat format = reader.format();
    Input input = reader.input(format, timeZone, kafka);
    OutputLocation output = reader.output();
    Set<Analysis> analyses =
        AnalysisFlags.analyses(options, reader.isFormatKnown() ? format : null, errors);
    RetailConfig config =
        new RetailConfig(
            options,
            input,
            format,
            output,
            reader.deadLetters(output),
            analyses,
            AnalysisFlags.outlierLimits(options, format, analyses, errors),
            WindowFlags.read(options, errors),
            timeZone,
            reader.from(timeZone),
            reader.until(timeZone),
            reader.dropDuplicatesWithin(),
            reader.maxRejected(),
            kafka,
            reader.jdbcConfig(),
            reader.report(runId),
            runId);
    config.check(errors);
    PathConflicts.check(config, errors);
    errors.throwIfAny();
    input.configure(options);
    return config;
  }

  private void check(FlagErrors errors) {
    errors.check(
        from.isBefore(until), "--from must be before --until: no event time is in between");
    errors.check(
        dropDuplicatesWithin.isEmpty() || format.id() != null,
        "--dropDuplicatesWithin: needs the id of each transaction, and the format has id: none");
    errors.check(
        dropDuplicatesWithin.isEmpty() || !format.hasDistinctIds() || format.constantItem() != null,
        "--dropDuplicatesWithin: the records of this format are line items, and those of one"
            + " transaction have the same id; omit it");
    if (options.getReport() != null) {
      errors.check(
          input.isBounded(),
          "--report: needs a run that ends, and the topic has no end; add --until");
      errors.check(
          output == null || output.isFiles(),
          "--report: is made from result files; set --output to a directory");
    }
    RunnerSupport runner = RunnerSupport.of(options);
    errors.check(
        !input.isLocalToProcess() || !runner.isInOtherProcesses(options),
        "--input="
            + options.getInput()
            + (options.getInput().equals(InputFile.STANDARD_INPUT)
                ? ": standard input"
                : ": a pipe")
            + ", which the processes of a cluster cannot read; write it to a file that all"
            + " of them can read, or omit "
            + runner.masterFlag());
    if (options.getStateDirectory() != null) {
      checkStateDirectory(errors);
    }
    runner.wrongFlag(options, !input.isBounded()).ifPresent(errors::add);
    checkResourceHints(errors);
  }

  private void checkStateDirectory(FlagErrors errors) {
    String directory = options.getStateDirectory();
    String flag = "--stateDirectory=" + directory;
    errors.convert("--stateDirectory", directory, Paths::directory, "");
    errors.check(!directory.contains("://"), flag + ": not a directory of this machine");
    if (errors.check(
        !input.isBounded(),
        flag + ": only for streams; omit it, because a run that ends keeps no state")) {
      errors.check(
          RunnerSupport.isFlink(options),
          flag + ": only Flink keeps state between runs; add --runner=" + RunnerSupport.FLINK);
    }
  }

  /** Beam checks them only when it creates the pipeline, with a stack trace. */
  private void checkResourceHints(FlagErrors errors) {
    try {
      ResourceHints.fromOptions(options);
    } catch (IllegalArgumentException e) {
      List<String> hints = options.as(ResourceHintsOptions.class).getResourceHints();
      errors.add(
          "--resourceHints=%s: use minRam=2GB or cpuCount=4 (%s)"
              .formatted(String.join(",", hints), e.getMessage()));
    }
  }

  /** Where the rows of the analyses are written. */
  public Output results() {
    return output.all(analyses.stream().map(Analysis::title).collect(Collectors.toSet()), this);
  }

  /** Where rejected records are written. */
  public Output rejected() {
    return deadLetters.one(Analysis.DEAD_LETTERS, this);
  }

  /** The output of results and rejected records together, if the run completes both at its end. */
  public Optional<Output> commonOutput() {
    return input.isBounded() ? results().with(rejected()) : Optional.empty();
  }

  /** The columns of the rows of a result. */
  RowSchema schema(String title) {
    return analyses.stream()
        .filter(analysis -> analysis.title().equals(title))
        .findFirst()
        .map(analysis -> RowSchema.of(analysis, format))
        .orElseGet(RowSchema::ofDeadLetters);
  }

  public List<Output> outputs() {
    return List.of(results(), rejected());
  }
}
