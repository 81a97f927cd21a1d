package fortnight.pipelines.propose;

import fortnight.pipelines.propose.ValueCounts.Value;
import fortnight.pipelines.rows.JsonObject;
import fortnight.transforms.formats.TimeNotation;
import fortnight.transforms.parse.EventTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Finds the notations in which the values of a field are times. */
final class PlausibleTimes {
  /** Epochs and patterns are times only in these years; with others, too many numbers would be. */
  private static final int FIRST_YEAR = 2000;

  private static final int LAST_YEAR = 2035;

  private static final Pattern DIGITS = Pattern.compile("\\d{9,19}");
  private static final EventTimes ISO = EventTimes.in(ZoneOffset.UTC);

  private static final List<TimeUnit> UNITS =
      List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS);

  private static final List<TimeNotation> PATTERNS =
      List.of(
          pattern("yyyy-MM-dd"),
          pattern("yyyy/M/d"),
          pattern("yyyy/M/d H:mm"),
          pattern("yyyy/M/d H:mm:ss"),
          pattern("yyyy-MM-dd H:mm"),
          pattern("M/d/yyyy"),
          pattern("M/d/yyyy H:mm"),
          pattern("M/d/yyyy H:mm:ss"),
          pattern("M/d/yyyy h:mm a"),
          pattern("M/d/yyyy h:mm:ss a"),
          pattern("d/M/yyyy"),
          pattern("d/M/yyyy H:mm"),
          pattern("d/M/yyyy H:mm:ss"),
          pattern("d.M.yyyy"),
          pattern("d.M.yyyy H:mm"),
          pattern("d.M.yyyy H:mm:ss"),
          pattern("d-M-yyyy H:mm"),
          pattern("d-M-yyyy H:mm:ss"),
          pattern("EEE, d MMM yyyy HH:mm:ss Z"));

  private PlausibleTimes() {}

  private static TimeNotation pattern(String pattern) {
    return new TimeNotation(null, pattern);
  }

  /** Returns all notations that fit nearly all values; a value can be ambiguous: 3/4/2023. */
  static List<TimeNotation> notations(ValueCounts values) {
    if (values.nearlyAll(value -> time(TimeNotation.ISO, value).isPresent())) {
      return List.of(TimeNotation.ISO);
    }
    List<TimeNotation> notations = new ArrayList<>();
    for (TimeUnit unit : UNITS) {
      TimeNotation notation = new TimeNotation(unit, null);
      if (values.nearlyAll(value -> time(notation, value).isPresent())) {
        notations.add(notation);
      }
    }
    for (TimeNotation notation : PATTERNS) {
      if (values.nearlyAll(value -> time(notation, value).isPresent())) {
        notations.add(notation);
      }
    }
    return notations;
  }

  /** Returns the time that a value is in a notation; empty if it is none. */
  static Optional<String> time(TimeNotation notation, Value value) {
    if (notation.unit() != null) {
      return epoch(notation.unit(), value.text());
    }
    if (!value.isString()) {
      return Optional.empty();
    }
    return notation.pattern() == null ? iso(value.text()) : byPattern(notation, value.text());
  }

  private static Optional<String> iso(String text) {
    try {
      return Optional.of(JsonObject.time(ISO.at(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> epoch(TimeUnit unit, String text) {
    if (!DIGITS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      long amount = Long.parseLong(text);
      long seconds = unit.toSeconds(amount);
      long nanos = unit.toNanos(amount - unit.convert(seconds, TimeUnit.SECONDS));
      return plausible(
          LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds, nanos), ZoneOffset.UTC));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> byPattern(TimeNotation notation, String text) {
    try {
      DateTimeFormatter formatter = notation.formatter();
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      return date == null
          ? Optional.empty()
          : plausible(date.atTime(time == null ? LocalTime.MIDNIGHT : time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> plausible(LocalDateTime time) {
    return time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR
        ? Optional.of(
            JsonObject.time(
                org.joda.time.Instant.ofEpochMilli(time.toInstant(ZoneOffset.UTC).toEpochMilli())))
        : Optional.empty();
  }
}
