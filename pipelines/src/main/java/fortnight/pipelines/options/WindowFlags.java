package fortnight.pipelines.options;

import fortnight.common.cli.Durations;
import fortnight.common.cli.FlagErrors;
import fortnight.transforms.volumes.ComparisonWindows;
import java.time.DayOfWeek;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/** Reads the flags of periods, and of when their windows fire. */
final class WindowFlags {
  private final RetailOptions options;
  private final FlagErrors errors;

  private WindowFlags(RetailOptions options, FlagErrors errors) {
    this.options = options;
    this.errors = errors;
  }

  /** Returns null if there are errors. */
  static @Nullable ComparisonWindows read(RetailOptions options, FlagErrors errors) {
    return new WindowFlags(options, errors).windows();
  }

  private @Nullable ComparisonWindows windows() {
    Optional<DayOfWeek> weekStart =
        errors.convert("--weekStart", options.getWeekStart(), FlagValues::weekday, "");
    Optional<Duration> lateness =
        errors.convert(
            "--allowedLateness",
            options.getAllowedLateness(),
            text -> ConfigReader.joda(Durations.parseOrZero(text)),
            Durations.ADVICE);
    Optional<Duration> earlyEvery =
        options.getEarlyEvery() == null
            ? Optional.empty()
            : duration("--earlyEvery", options.getEarlyEvery());
    Optional<OptionalInt> months =
        errors.convert("--period", options.getPeriod(), Durations::months, "");
    if (months.isEmpty()) {
      return null;
    }
    ComparisonWindows periods =
        months.get().isPresent()
            ? ofMonths(months.get().getAsInt())
            : fixed(weekStart.orElse(null));
    if (periods == null || lateness.isEmpty()) {
      return null;
    }
    ComparisonWindows windows = periods.withAllowedLateness(lateness.get());
    return earlyEvery.map(windows::withEarlyFiringsEvery).orElse(windows);
  }

  private @Nullable ComparisonWindows ofMonths(int months) {
    errors.check(
        options.getEvery() == null,
        "--every: not for periods of the calendar, which begin with a month; omit it, or use"
            + " --period=28d");
    ComparisonWindows windows =
        convert(
            "--period",
            options.getPeriod(),
            text -> ComparisonWindows.ofMonths(months),
            "does not divide a year",
            "use 1mo, 2mo, 3mo, 4mo, 6mo, or whole years");
    if (windows == null || options.getAgainst() == null) {
      return windows;
    }
    return convert(
        "--against",
        options.getAgainst(),
        text -> windows.withDistanceOfMonths(Durations.months(text).orElseThrow()),
        "not a number of months",
        "use 12mo or 1y, as with --period");
  }

  private @Nullable ComparisonWindows fixed(@Nullable DayOfWeek weekStart) {
    Optional<Duration> period =
        errors.convert(
            "--period",
            options.getPeriod(),
            value -> ConfigReader.joda(Durations.parse(value)),
            Durations.ADVICE + "; or 1mo, 3mo, 1y of the calendar");
    Optional<Duration> every =
        options.getEvery() == null ? period : duration("--every", options.getEvery());
    if (period.isEmpty() || every.isEmpty() || weekStart == null) {
      return null;
    }
    ComparisonWindows windows =
        convert(
            "--every",
            options.getEvery() == null ? options.getPeriod() : options.getEvery(),
            text -> ComparisonWindows.of(period.get(), every.get(), weekStart),
            "does not divide the period without remainder",
            "for 7d use 1d or 12h");
    return windows == null || options.getAgainst() == null ? windows : against(windows);
  }

  private @Nullable ComparisonWindows against(ComparisonWindows windows) {
    String step = options.getEvery() == null ? "--period" : "--every";
    Optional<Duration> distance =
        errors.convert(
            "--against",
            options.getAgainst(),
            text -> ConfigReader.joda(Durations.parse(text)),
            "use 364d for weeks of last year; 12mo only with a --period of months");
    if (distance.isEmpty()) {
      return null;
    }
    return convert(
        "--against",
        options.getAgainst(),
        text -> windows.withDistance(distance.get()),
        "not a multiple of " + step,
        "for weeks of last year use 364d");
  }

  private Optional<Duration> duration(String flag, String text) {
    return errors.convert(
        flag, text, value -> ConfigReader.joda(Durations.parse(value)), Durations.ADVICE);
  }

  /** Returns null, and adds an error, if the converter fails. */
  private <T> @Nullable T convert(
      String flag, String text, Function<String, T> converter, String error, String advice) {
    return errors
        .convert(
            flag,
            text,
            value -> {
              try {
                return converter.apply(value);
              } catch (IllegalArgumentException | NoSuchElementException e) {
                throw new IllegalArgumentException(error, e);
              }
            },
            advice)
        .orElse(null);
  }
}
