package fortnight.pipelines;

import fortnight.transforms.volumes.ComparisonWindows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * What the flags mean, once all of them were found to be right.
 *
 * @param maxFutureSkew what is dated further ahead of the clock is rejected; empty: nothing is
 * @param from the first event time that counts
 * @param until the first event time that no longer counts
 */
record RetailFlags(
    RetailOptions options,
    Input input,
    String output,
    String deadLetters,
    Set<Analysis> analyses,
    ComparisonWindows windows,
    ZoneId timeZone,
    Instant from,
    Instant until,
    Optional<Duration> maxFutureSkew,
    Optional<Duration> dropDuplicatesWithin,
    RejectLimit maxRejected,
    KafkaClients kafka,
    Optional<ReportFlags> report,
    String runId) {

  /**
   * Reads arguments.
   *
   * @throws WrongFlags when any of them is wrong; it names all of these
   */
  static RetailFlags parse(String... args) throws WrongFlags {
    Problems problems = new Problems();
    RetailOptions options = CommandLine.parse(List.of(args), problems);
    FileSystems.setDefaultPipelineOptions(options);
    FlagReading reading = new FlagReading(options, problems);
    String runId = UUID.randomUUID().toString();
    ZoneId timeZone = reading.timeZone();
    KafkaClients kafka = reading.kafkaClients();
    StreamFlags stream = reading.stream();
    List<InputFile> files = reading.inputFiles();
    KafkaAddress topic = reading.inputTopic();
    boolean failsOnDataLoss = reading.failOnDataLoss();
    Input input =
        topic == null
            ? FileInput.of(files, isOnFlink(options))
            : new TopicInput(
                topic,
                options.getUntil() != null,
                failsOnDataLoss,
                kafka,
                StreamRules.of(timeZone, stream));
    String output = reading.output();
    RetailFlags flags =
        new RetailFlags(
            options,
            input,
            output,
            reading.deadLetters(output),
            reading.analyses(),
            reading.windows(stream),
            timeZone,
            reading.from(timeZone),
            reading.until(timeZone),
            Optional.ofNullable(topic).map(t -> stream).map(StreamFlags::maxFutureSkew),
            reading.dropDuplicatesWithin(),
            reading.maxRejected(),
            kafka,
            ReportFlagReading.read(options, runId, problems),
            runId);
    reading.check(flags.from, flags.until);
    reading.checkPlaces(flags);
    ReportFlagReading.check(flags, problems);
    reading.checkRunner(input);
    reading.checkResourceHints();
    problems.throwIfAny();
    return flags;
  }

  private static boolean isOnFlink(RetailOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  /** Where the rows of each analysis that is asked for go. */
  Output results() {
    if (KafkaAddress.isMeantBy(output)) {
      Map<String, KafkaAddress> topics = new HashMap<>();
      for (Analysis analysis : analyses) {
        topics.put(analysis.title(), KafkaAddress.parse(output).plus(analysis.title()));
      }
      return new TopicOutput(topics, windows, kafka);
    }
    Map<String, OutputFile> files = new HashMap<>();
    for (Analysis analysis : analyses) {
      files.put(
          analysis.title(),
          OutputFile.of(Paths.fileIn(output, analysis.title() + ".jsonl"), runId));
    }
    return new FileOutput(files, windows);
  }

  /** Where rejected records go. */
  Output rejected() {
    return KafkaAddress.isMeantBy(deadLetters)
        ? new TopicOutput(
            Map.of(Output.DEAD_LETTERS, KafkaAddress.parse(deadLetters)), windows, kafka)
        : new FileOutput(Map.of(Output.DEAD_LETTERS, OutputFile.of(deadLetters, runId)), windows);
  }

  /** Results and dead letters together, where they are files that take their names at the end. */
  Optional<FileOutput> filesOfOneRun() {
    if (!input.isBounded()
        || !(results() instanceof FileOutput rows)
        || !(rejected() instanceof FileOutput letters)) {
      return Optional.empty();
    }
    Map<String, OutputFile> files = new HashMap<>(rows.files());
    files.putAll(letters.files());
    return Optional.of(new FileOutput(files, windows));
  }

  List<Output> outputs() {
    return List.of(results(), rejected());
  }

  /** Every file of the run. */
  List<OutputFile> files() {
    List<OutputFile> files = new ArrayList<>();
    for (Output place : outputs()) {
      if (place instanceof FileOutput out) {
        files.addAll(out.files().values());
      }
    }
    report.map(ReportFlags::page).ifPresent(files::add);
    return files;
  }

  /** What the input is read from. */
  List<String> inputPaths() {
    if (input instanceof TopicInput topic) {
      return List.of(topic.topic().toString());
    }
    List<InputFile> files = ((FileInput) input).files();
    return files == null ? List.of() : files.stream().map(InputFile::path).toList();
  }
}
