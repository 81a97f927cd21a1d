package fortnight.pipelines;

import fortnight.transforms.ComparisonWindows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.joda.time.Instant;

/**
 * What the flags mean, once all of them were found to be right.
 *
 * @param from the first event time that counts
 * @param until the first event time that no longer counts
 */
record RetailFlags(
    RetailOptions options,
    List<InputFile> input,
    String output,
    String deadLetters,
    Set<Analysis> analyses,
    ComparisonWindows windows,
    ZoneId timeZone,
    Instant from,
    Instant until,
    RejectLimit maxRejected,
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
    ZoneId timeZone = reading.timeZone();
    String output = reading.output();
    RetailFlags flags =
        new RetailFlags(
            options,
            reading.input(),
            output,
            reading.deadLetters(output),
            reading.analyses(),
            reading.windows(),
            timeZone,
            reading.from(timeZone),
            reading.until(timeZone),
            reading.maxRejected(),
            UUID.randomUUID().toString());
    reading.check(flags.from, flags.until);
    reading.checkFiles(flags);
    problems.throwIfAny();
    return flags;
  }

  /** The file of each analysis that is asked for. */
  Map<String, OutputFile> resultFiles() {
    Map<String, OutputFile> files = new HashMap<>();
    for (Analysis analysis : analyses) {
      files.put(
          analysis.title(),
          OutputFile.of(Paths.fileIn(output, analysis.title() + ".jsonl"), runId));
    }
    return files;
  }

  /** The file of rejected records. */
  Map<String, OutputFile> deadLetterFile() {
    return Map.of(WriteRows.DEAD_LETTERS, OutputFile.of(deadLetters, runId));
  }

  /** Every file of the run. */
  List<OutputFile> files() {
    List<OutputFile> files = new ArrayList<>(resultFiles().values());
    files.addAll(deadLetterFile().values());
    return files;
  }
}
