package fortnight.transforms.formats;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the times of records are written: ISO 8601, an epoch, or a pattern.
 *
 * @param unit the unit of an epoch; null if times are not epochs
 * @param pattern a pattern of {@link DateTimeFormatter}; null if times do not follow one
 */
public record TimeNotation(@Nullable TimeUnit unit, @Nullable String pattern)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public static final TimeNotation ISO = new TimeNotation(null, null);

  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "s", TimeUnit.SECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "us", TimeUnit.MICROSECONDS,
          "ns", TimeUnit.NANOSECONDS);

  private static final List<String> UNITS_BY_SIZE = List.of("s", "ms", "us", "ns");

  private static final BigDecimal YEAR_1990 = BigDecimal.valueOf(631_152_000L);
  private static final BigDecimal YEAR_2100 = BigDecimal.valueOf(4_102_444_800L);

  /** Numbers of the size of an epoch; larger exponents would be slow. */
  private static final Pattern EPOCH =
      Pattern.compile("\\d{9,19}(?:\\.\\d{1,20})?|\\d(?:\\.\\d{1,20})?[eE]\\+?\\d{1,2}");

  private static final ZonedDateTime EXAMPLE =
      ZonedDateTime.of(2023, 11, 25, 13, 45, 59, 0, ZoneOffset.UTC);

  static TimeNotation ofUnit(String text) {
    TimeUnit unit = UNITS.get(text);
    if (unit == null) {
      throw new IllegalArgumentException("not a unit; use s, ms, us, or ns");
    }
    return new TimeNotation(unit, null);
  }

  static TimeNotation ofPattern(String text) {
    TimeNotation notation = new TimeNotation(null, text);
    TemporalAccessor parsed;
    boolean hasTimeOfDay;
    try {
      DateTimeFormatter formatter = notation.formatter();
      String formatted = formatter.format(EXAMPLE);
      parsed = formatter.parse(formatted);
      hasTimeOfDay = !formatted.equals(formatter.format(EXAMPLE.with(LocalTime.of(2, 10, 7))));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "not a pattern of java.time; use M/d/yyyy H:mm (" + e.getMessage() + ")", e);
    }
    if (parsed.query(TemporalQueries.localDate()) == null) {
      throw new IllegalArgumentException("has no year, month, and day; use M/d/yyyy H:mm");
    }
    if (hasTimeOfDay && parsed.query(TemporalQueries.localTime()) == null) {
      throw new IllegalArgumentException(
          "has an incomplete time of day; use H:mm, or h:mm a for AM and PM");
    }
    return notation;
  }

  /** Returns a strict formatter for the pattern, with English names of months and days. */
  public DateTimeFormatter formatter() {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Returns the unit as written in a format. */
  public String unitName() {
    return UNITS.entrySet().stream()
        .filter(name -> name.getValue() == unit)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Returns what a time must look like, for messages. */
  public String advice() {
    if (unit != null) {
      return "use the " + unit.name().toLowerCase(Locale.ROOT) + " since 1970";
    }
    return pattern == null
        ? "use ISO 8601, such as 2023-01-03T05:59:40.799Z"
        : "use the pattern " + pattern;
  }

  /**
   * Returns what a value that is not a time must look like, or its likely unit if it is an epoch.
   */
  public String adviceFor(String value) {
    String likely = unit == null ? likelyUnit(value) : null;
    return likely == null
        ? advice()
        : "if it is an epoch, set timeUnit: %s in the format%s"
            .formatted(likely, pattern == null ? "" : " instead of timePattern");
  }

  /** Returns the likely unit of an epoch that is out of range; empty if there is none. */
  public String otherUnitFor(String value) {
    String likely = unit == null ? null : likelyUnit(value);
    return likely == null || likely.equals(unitName())
        ? ""
        : "; it has the size of an epoch in %1$s: set timeUnit: %1$s in the format"
            .formatted(likely);
  }

  /** Returns the unit in which a number is in the years 1990 to 2099; null if there is none. */
  private static @Nullable String likelyUnit(String value) {
    if (!EPOCH.matcher(value.strip()).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(value.strip());
    for (int i = 0; i < UNITS_BY_SIZE.size(); i++) {
      BigDecimal seconds = number.movePointLeft(3 * i);
      if (seconds.compareTo(YEAR_1990) >= 0 && seconds.compareTo(YEAR_2100) < 0) {
        return UNITS_BY_SIZE.get(i);
      }
    }
    return null;
  }
}
