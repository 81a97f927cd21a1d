package fortnight.pipelines.propose;

import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaClients;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.Condition;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.FormatEntry;
import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proposed format.
 *
 * @param file the text of a format file
 * @param messages what the user should know beside the file
 */
public record Proposal(String file, List<String> messages) {
  private static final double MIN_ACCEPTED = 0.5;
  private static final String ADVICE = "write one JSON object per line, for example with jq -c";

  /**
   * Proposes a format for the first records of an input.
   *
   * @throws CommandException if the input cannot be read, or has no JSON object
   */
  public static Proposal of(SampleInput input, KafkaClients clients) {
    Sample sample = input.sample(clients);
    Optional<CsvSample> csv = sample.csv();
    RecordPaths paths = new RecordPaths();
    List<Payload> records = new ArrayList<>();
    List<Payload> malformed = new ArrayList<>();
    String error = "";
    for (Payload record : sample.records()) {
      if (paths.hasEnoughValues()) {
        break;
      }
      String fault = add(record, csv, paths);
      if (fault.isEmpty()) {
        records.add(record);
      } else {
        error = malformed.isEmpty() ? fault : error;
        malformed.add(record);
      }
    }
    if (records.isEmpty()) {
      throw CommandException.failed(
          malformed.isEmpty()
              ? input.name() + ": contains no records" + sample.whyNoMore()
              : "%s: %s; %s".formatted(malformed.get(0).source(), error, ADVICE));
    }
    List<String> messages = new ArrayList<>();
    if (!malformed.isEmpty()) {
      messages.add(
          "%s of %s records are ignored, the first is %s, which %s"
              .formatted(
                  Comments.count(malformed.size()),
                  Comments.count(malformed.size() + records.size()),
                  malformed.get(0).source(),
                  error));
    }
    FormatFile file = propose(input.name(), csv, paths, records);
    boolean usesAll = records.size() + malformed.size() == sample.records().size();
    addLimits(file, sample, paths, usesAll);
    sample.leftOut().ifPresent(messages::add);
    file.decisions().forEach(decision -> messages.add("to decide: " + decision));
    return new Proposal(file.text(), messages);
  }

  /** Adds the paths of a record; returns what is wrong with it, or an empty string. */
  private static String add(Payload record, Optional<CsvSample> csv, RecordPaths paths) {
    if (record.tooLarge()) {
      return "has " + record.sizeAndLimit();
    }
    if (csv.isEmpty() && record.length() > 0 && record.array()[record.from()] == 0) {
      return "begins with a zero byte, as Avro with a schema registry does; propose does not read"
          + " Avro";
    }
    try {
      if (csv.isPresent()) {
        csv.get().add(record, paths);
      } else {
        paths.add(record);
      }
      return "";
    } catch (IOException e) {
      return (csv.isPresent() ? "is not a row of CSV" : "is not a JSON object") + reason(e);
    }
  }

  private static void addLimits(
      FormatFile file, Sample sample, RecordPaths paths, boolean usesAll) {
    if (usesAll) {
      sample.limits().forEach(file::title);
    } else {
      file.title(
          "Only the first %s records are used, which have many values."
              .formatted(Comments.count(paths.records())));
    }
    sample.leftOut().ifPresent(file::title);
    if (paths.hasFurtherPaths()) {
      file.title(
          "Only the first %s paths of the records are used."
              .formatted(Comments.count(RecordPaths.MAX_PATHS)));
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || message.lines().count() != 1 ? "" : " (" + message + ")";
  }

  private static FormatFile propose(
      String name, Optional<CsvSample> csv, RecordPaths paths, List<Payload> records) {
    FormatFile scratch = new FormatFile();
    boolean hasLineItems = new LineItemFields(paths, scratch).isPresent();
    List<Preset> fitting =
        Arrays.stream(Preset.values())
            .filter(preset -> isEncodedAs(preset, csv))
            .filter(preset -> fits(preset, paths, records, hasLineItems))
            .toList();
    if (fitting.size() != 1) {
      return ofFields(name, csv, paths, records);
    }
    Preset preset = fitting.get(0);
    if (isTimeCertain(preset, paths)) {
      return ofPreset(name, preset, records);
    }
    FormatFile file = ofFields(name, csv, paths, records);
    file.title(
        "The columns are those of --format=%s, whose times have the pattern %s."
            .formatted(preset.title(), preset.format().timeNotation().pattern()));
    return file;
  }

  private static boolean isEncodedAs(Preset preset, Optional<CsvSample> csv) {
    if (preset.format().encoding() instanceof RecordEncoding.Csv expected) {
      return csv.isPresent() && csv.get().canBeReadAs(expected);
    }
    return csv.isEmpty();
  }

  /** Returns whether no other pattern fits the times: 3/4/2023 can have the day or month first. */
  private static boolean isTimeCertain(Preset preset, RecordPaths paths) {
    RecordFormat format = preset.format();
    return format.timeNotation().pattern() == null
        || paths.recordFields().stream()
            .filter(field -> field.path().equals(format.time()))
            .allMatch(field -> PlausibleTimes.notations(field.values()).size() <= 1);
  }

  private static boolean fits(
      Preset preset, RecordPaths paths, List<Payload> records, boolean hasLineItems) {
    RecordFormat format = preset.format();
    boolean hasItem = format.item() instanceof FieldPath;
    boolean hasPaths =
        Stream.concat(format.paths(), format.conditions().stream().map(Condition::path))
            .allMatch(paths::contains);
    if (!hasPaths || (hasLineItems && !hasItem)) {
      return false;
    }
    SampleResult result = SampleResult.of(records, format);
    return result.accepted() > 0
        && result.accepted() >= MIN_ACCEPTED * (result.accepted() + result.rejected());
  }

  private static FormatFile ofPreset(String name, Preset preset, List<Payload> records) {
    FormatFile file = new FormatFile();
    SampleResult result = SampleResult.of(records, preset.format());
    file.title("Proposed for the records of " + name);
    file.title(
        "--format=%s fits: it %s. The same format as keys:"
            .formatted(preset.title(), result.counts()));
    for (FormatEntry entry : preset.entries()) {
      file.set(entry.key(), entry.value(), "");
    }
    result.note(file);
    return file;
  }

  private static FormatFile ofFields(
      String name, Optional<CsvSample> csv, RecordPaths paths, List<Payload> records) {
    FormatFile file = new FormatFile();
    csv.ifPresent(rows -> rows.propose(file));
    FormatFile lines = new FormatFile();
    RecordFields fields = new RecordFields(paths, file);
    boolean isFlat = new LineItemFields(paths, lines).propose();
    fields.proposeId(isFlat);
    new TimeFields(paths, file).propose();
    fields.proposeCustomer();
    file.add(lines);
    new DimensionFields(file).propose(paths);
    new ConditionFields(file).propose(paths.recordFields());
    Optional<RecordFormat> format = format(file);
    file.title("Proposed for the records of " + name);
    format
        .map(valid -> SampleResult.of(records, valid))
        .ifPresent(
            result -> {
              if (!file.hasUndecided()) {
                file.title("This format " + result.counts() + ".");
              }
              result.note(file);
            });
    return file;
  }

  /** Returns the format of a file; empty if it is not valid even with its alternatives. */
  private static Optional<RecordFormat> format(FormatFile file) {
    try {
      return Optional.of(RecordFormat.of(file.entries()));
    } catch (InvalidFormatException e) {
      for (String mistake : e.mistakes()) {
        String key = mistake.split(":", 2)[0];
        if (key.equals("id")) {
          file.replace("id", "none", "not used, see above");
        }
        if (!file.isUndecided(key)) {
          file.decide(mistake + ".");
        }
      }
    }
    try {
      return Optional.of(RecordFormat.of(file.entries()));
    } catch (InvalidFormatException e) {
      return Optional.empty(); // The file states the mistakes.
    }
  }
}
