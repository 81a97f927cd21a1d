package fortnight.pipelines;

import fortnight.transforms.ComparisonWindows;
import fortnight.transforms.EventTimes;
import java.io.File;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Gives each flag its meaning; a flag that has none adds to the problems. */
final class FlagReading {
  private static final String A_TIME = "say 2022-12-26, or 2022-12-26T09:30:00";
  private static final String A_LENGTH = "say 7d, 12h, 15m, or ISO-8601 such as P7D";
  private static final String NOW = "now";

  private final RetailOptions options;
  private final Problems problems;

  FlagReading(RetailOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
  }

  @Nullable List<InputFile> input() {
    return problems.read("input", options.getInput(), FlagReading::files, "");
  }

  @Nullable String output() {
    return problems.read("output", options.getOutput(), FlagReading::directory, "");
  }

  @Nullable String deadLetters() {
    String given = options.getDeadLetters();
    return given == null
        ? fileIn(options.getOutput(), WriteRows.DEAD_LETTERS + ".jsonl")
        : problems.read("deadLetters", given, FlagReading::file, "");
  }

  @Nullable Set<Analysis> analyses() {
    EnumSet<Analysis> analyses = EnumSet.noneOf(Analysis.class);
    for (String title : options.getAnalyses().split(",", -1)) {
      Analysis analysis = problems.read("analyses", title.strip(), FlagReading::analysis, "");
      if (analysis != null) {
        analyses.add(analysis);
      }
    }
    return analyses;
  }

  @Nullable ComparisonWindows windows() {
    String everyText = options.getEvery() == null ? options.getPeriod() : options.getEvery();
    Duration period = problems.read("period", options.getPeriod(), Durations::parse, A_LENGTH);
    Duration every =
        options.getEvery() == null
            ? period
            : problems.read("every", everyText, Durations::parse, A_LENGTH);
    DayOfWeek weekStart =
        problems.read("weekStart", options.getWeekStart(), FlagReading::weekday, "");
    if (period == null || every == null || weekStart == null) {
      return null;
    }
    return problems.read("every", everyText, text -> windows(period, every, weekStart), "");
  }

  @Nullable ZoneId timeZone() {
    return problems.read("timeZone", options.getTimeZone(), FlagReading::zone, "");
  }

  /** Of a zone that is none UTC stands in: the times are then only looked at, not used. */
  private static ZoneId orUtc(@Nullable ZoneId zone) {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  @Nullable Instant from(@Nullable ZoneId zone) {
    return options.getFrom() == null
        ? Instant.ofEpochMilli(EventTimes.FIRST)
        : problems.read("from", options.getFrom(), text -> time(text, orUtc(zone)), A_TIME);
  }

  @Nullable Instant until(@Nullable ZoneId zone) {
    return options.getUntil() == null
        ? Instant.ofEpochMilli(EventTimes.END)
        : problems.read(
            "until",
            options.getUntil(),
            text -> NOW.equals(text) ? now(orUtc(zone)) : time(text, orUtc(zone)),
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

  static String fileIn(String directory, String name) {
    return FileSystems.matchNewResource(directory, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE)
        .toString();
  }

  private static List<InputFile> files(String spec) {
    noTopic(spec);
    return InputFiles.match(spec);
  }

  private static String directory(String path) {
    noTopic(path);
    if (new File(path).isFile()) {
      throw new IllegalArgumentException("a file, where a directory is needed");
    }
    return path;
  }

  private static String file(String path) {
    noTopic(path);
    if (path.endsWith("/") || new File(path).isDirectory()) {
      throw new IllegalArgumentException("a directory, where a file is needed");
    }
    return path;
  }

  private static void noTopic(String path) {
    if (path.startsWith("kafka://")) {
      throw new IllegalArgumentException("this release reads and writes files, no topics");
    }
    if (path.isBlank()) {
      throw new IllegalArgumentException("no path at all");
    }
  }

  private static Analysis analysis(String title) {
    return Analysis.titled(title)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such analysis; did you mean "
                        + CommandLine.nearest(title, Analysis.titles())
                        + "?"));
  }

  private static DayOfWeek weekday(String name) {
    try {
      return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no weekday; say MONDAY, or SUNDAY", e);
    }
  }

  private static ComparisonWindows windows(Duration period, Duration every, DayOfWeek weekStart) {
    try {
      return ComparisonWindows.of(period, every, weekStart);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("does not divide the period without remainder", e);
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no such time zone; say Europe/Berlin, or +01:00", e);
    }
  }

  private static Instant time(String text, ZoneId zone) {
    boolean dateOnly = text.indexOf('T') < 0 && text.indexOf(' ') < 0;
    return EventTimes.in(zone).at(dateOnly ? text + "T00:00" : text);
  }

  private static Instant now(ZoneId zone) {
    return Instant.ofEpochMilli(LocalDateTime.now(zone).toInstant(ZoneOffset.UTC).toEpochMilli());
  }
}
