package fortnight.pipelines.propose;

import fortnight.common.time.EventTimeRange;
import fortnight.pipelines.propose.ValueCounts.Value;
import fortnight.pipelines.rows.JsonObject;
import fortnight.transforms.formats.TimeNotation;
import fortnight.transforms.parse.EventTimes;
import fortnight.transforms.parse.TimestampParser;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.joda.time.Instant;

/** Finds the notations in which the values of a field are times. */
final class PlausibleTimes {
  /** Epochs and patterns are times only in these years; with others, too many numbers would be. */
  private static final long FIRST = midnight("2000-01-01");

  private static final long END = midnight("2036-01-01");

  private static final Pattern NUMBER =
      Pattern.compile("\\d{9,19}(?:\\.\\d{1,9})?|\\d\\.\\d{1,18}[eE]\\+?\\d{1,2}");

  private static final EventTimes UTC = EventTimes.in(ZoneOffset.UTC);
  private static final Map<TimeNotation, TimestampParser> PARSERS = new ConcurrentHashMap<>();

  private static final List<TimeUnit> UNITS =
      List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS);

  private static final String DIGITS_ONLY = "yyyyMMdd";

  private static final List<TimeNotation> PATTERNS =
      List.of(
          pattern("yyyy-MM-dd"),
          pattern(DIGITS_ONLY),
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
          pattern("d/M/yyyy h:mm a"),
          pattern("d/M/yyyy h:mm:ss a"),
          pattern("M/d/yy H:mm"),
          pattern("d/M/yy H:mm"),
          pattern("d.M.yy H:mm"),
          pattern("d.M.yyyy"),
          pattern("d.M.yyyy H:mm"),
          pattern("d.M.yyyy H:mm:ss"),
          pattern("d-M-yyyy H:mm"),
          pattern("d-M-yyyy H:mm:ss"),
          pattern("EEE, d MMM yyyy HH:mm:ss Z"));

  private PlausibleTimes() {}

  private static long midnight(String date) {
    return LocalDate.parse(date).toEpochDay() * EventTimeRange.MILLIS_PER_DAY;
  }

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

  /** Returns whether times in a notation are digits, as other numbers are. */
  static boolean isNumber(TimeNotation notation) {
    return notation.unit() != null || DIGITS_ONLY.equals(notation.pattern());
  }

  /** Returns whether times in a notation are more than dates. */
  static boolean hasTimeOfDay(TimeNotation notation) {
    return notation.pattern() == null || notation.pattern().matches(".*[Hh].*");
  }

  /** Returns the time that the parser of records reads; empty if it is none, or not plausible. */
  static Optional<String> time(TimeNotation notation, Value value) {
    if (notation.unit() != null && !NUMBER.matcher(value.text()).matches()) {
      return Optional.empty();
    }
    OptionalLong time =
        PARSERS
            .computeIfAbsent(notation, added -> new TimestampParser(UTC, added))
            .eventTime(value.text(), value.isString());
    boolean isPlausible =
        time.isPresent()
            && (notation.equals(TimeNotation.ISO)
                || (time.getAsLong() >= FIRST && time.getAsLong() < END));
    return isPlausible
        ? Optional.of(JsonObject.time(Instant.ofEpochMilli(time.getAsLong())))
        : Optional.empty();
  }
}
