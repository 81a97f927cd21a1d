package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.common.cli.Durations;
import fortnight.common.cli.FlagErrors;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.common.time.EventTimeRange;
import fortnight.pipelines.files.FileInput;
import fortnight.pipelines.files.InputFile;
import fortnight.pipelines.files.InputFiles;
import fortnight.pipelines.files.OutputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.io.Input;
import fortnight.pipelines.kafka.TopicInput;
import fortnight.pipelines.kafka.WatermarkOptions;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.parse.EventTimes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Converts each flag to its value; a flag that cannot be converted adds an error. */
final class ConfigReader {
  private static final String NOW = "now";
  private static final TopicAddress INVALID_TOPIC = new TopicAddress("invalid:1", "invalid");

  private final RetailOptions options;
  private final FlagErrors errors;
  private boolean isFormatKnown;

  ConfigReader(RetailOptions options, FlagErrors errors) {
    this.options = options;
    this.errors = errors;
  }

  /** The input; a placeholder if the flag is wrong, so that the other flags can be checked. */
  Input input(RecordFormat format, @Nullable ZoneId timeZone, KafkaClients clients) {
    boolean failsOnDataLoss = failOnDataLoss();
    boolean isTopic = TopicAddress.isTopic(options.getInput());
    WatermarkOptions watermark =
        new WatermarkOptions(
            format,
            orUtc(timeZone),
            durationOrZero("outOfOrderness", options.getOutOfOrderness()),
            durationOrZero("idleAfter", options.getIdleAfter()),
            durationOrZero("maxFutureSkew", options.getMaxFutureSkew()));
    RecordEncoding known = isFormatKnown ? format.encoding() : null;
    SchemaSource schemas = new SchemaRegistryFlags(options, errors).read(isTopic, known);
    if (!isTopic) {
      List<InputFile> files =
          convert("input", options.getInput(), text -> Paths.files(text, known), "");
      if (files != null) {
        CsvHeaders.check(files, format, errors);
      }
      return FileInput.of(
          files == null ? List.of() : files, format.encoding(), RunnerSupport.isDirect(options));
    }
    errors.check(
        !(format.encoding() instanceof RecordEncoding.Csv csv && csv.hasHeader()),
        "--format=%s: header: true: the messages of a topic have no header; use header: [order_id,"
                .formatted(options.getFormat())
            + " time, sku], the names of the columns");
    TopicAddress topic = convert("input", options.getInput(), TopicAddress::parse, "");
    return new TopicInput(
        topic == null ? INVALID_TOPIC : topic,
        options.getUntil() != null,
        failsOnDataLoss,
        clients,
        watermark,
        schemas);
  }

  /** The default if the flag is wrong, so that the other flags can be checked. */
  RecordFormat format() {
    String flag = "--format=" + options.getFormat();
    isFormatKnown = true;
    try {
      return FormatFlag.read(options.getFormat());
    } catch (InvalidFormatException e) {
      e.mistakes().forEach(mistake -> errors.add(flag + ": " + mistake));
    } catch (IllegalArgumentException e) {
      errors.add(flag + ": " + e.getMessage());
    }
    isFormatKnown = false;
    return RecordFormat.fortnight();
  }

  /** Returns whether {@link #format} returned the format of the flag. */
  boolean isFormatKnown() {
    return isFormatKnown;
  }

  private boolean failOnDataLoss() {
    Boolean value =
        convert("failOnDataLoss", options.getFailOnDataLoss(), FlagValues::trueOrFalse, "");
    return value == null || value;
  }

  @Nullable OutputLocation output() {
    OutputEncoding encoding = OutputEncoding.read(options, errors);
    OutputLocation output =
        location("output", options.getOutput(), text -> OutputLocation.ofAll(text, encoding));
    encoding.check(output, options, errors);
    return output;
  }

  /** Beside the output by default. */
  @Nullable OutputLocation deadLetters(@Nullable OutputLocation output) {
    String given = options.getDeadLetters();
    if (given != null) {
      return location("deadLetters", given, OutputLocation::ofOne);
    }
    return output == null ? null : output.of(Analysis.DEAD_LETTERS);
  }

  private @Nullable OutputLocation location(
      String flag, String text, Function<String, OutputLocation> parse) {
    return DatabaseAddress.isDatabase(text)
        ? errors.convertSecret("--" + flag, text, parse).orElse(null)
        : convert(flag, text, parse, "");
  }

  JdbcConfig jdbcConfig() {
    String file = options.getJdbcConfig();
    return new JdbcConfig(
        file == null ? null : convert("jdbcConfig", file, JdbcConfig::checkedFile, ""));
  }

  KafkaClients kafkaClients() {
    String file = options.getKafkaConfig();
    return new KafkaClients(
        file == null ? null : convert("kafkaConfig", file, KafkaClients::checkedFile, ""));
  }

  Optional<Duration> dropDuplicatesWithin() {
    return duration("dropDuplicatesWithin", options.getDropDuplicatesWithin());
  }

  /** Empty if the flag is absent or not a duration. */
  private Optional<Duration> duration(String flag, @Nullable String text) {
    return Optional.ofNullable(text)
        .map(
            present ->
                convert(flag, present, value -> joda(Durations.parse(value)), Durations.ADVICE));
  }

  private Duration durationOrZero(String flag, String text) {
    Duration duration =
        convert(flag, text, value -> joda(Durations.parseOrZero(value)), Durations.ADVICE);
    return duration == null ? Duration.ZERO : duration;
  }

  static Duration joda(java.time.Duration duration) {
    return Duration.millis(duration.toMillis());
  }

  @Nullable ZoneId timeZone() {
    return errors.timeZone("--timeZone", options.getTimeZone()).orElse(null);
  }

  /** Falls back to UTC if the zone is wrong, so that times can still be checked. */
  private static ZoneId orUtc(@Nullable ZoneId zone) {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  Instant from(@Nullable ZoneId zone) {
    Instant from = null;
    if (options.getFrom() != null) {
      from =
          convert(
              "from",
              options.getFrom(),
              EventTimes.in(orUtc(zone))::atDateOrTime,
              EventTimes.DATE_OR_TIME_ADVICE);
    }
    return from == null ? Instant.ofEpochMilli(EventTimeRange.FIRST) : from;
  }

  Instant until(@Nullable ZoneId zone) {
    Instant until = null;
    if (options.getUntil() != null) {
      until =
          convert(
              "until",
              options.getUntil(),
              text ->
                  NOW.equals(text)
                      ? FlagValues.now(orUtc(zone))
                      : EventTimes.in(orUtc(zone)).atDateOrTime(text),
              EventTimes.DATE_OR_TIME_ADVICE + ", or now");
    }
    return until == null ? Instant.ofEpochMilli(EventTimeRange.END) : until;
  }

  @Nullable RejectLimit maxRejected() {
    return convert("maxRejected", options.getMaxRejected(), RejectLimit::parse, "use 100 or 0.1%");
  }

  Optional<RetailConfig.ReportConfig> report(String runId) {
    List<InputFile> catalog =
        options.getCatalog() == null
            ? List.of()
            : convert("catalog", options.getCatalog(), InputFiles::match, "");
    if (options.getReport() == null) {
      errors.check(
          options.getCatalog() == null,
          "--catalog: contains the names of the items of a report; add --report");
      return Optional.empty();
    }
    return Optional.ofNullable(convert("report", options.getReport(), Paths::file, ""))
        .map(
            page ->
                new RetailConfig.ReportConfig(
                    OutputFile.of(page, runId), catalog == null ? List.of() : catalog));
  }

  private <T> @Nullable T convert(
      String flag, String text, Function<String, T> converter, String advice) {
    return errors.convert("--" + flag, text, converter, advice).orElse(null);
  }
}
