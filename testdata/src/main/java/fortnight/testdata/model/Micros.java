package fortnight.testdata.model;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** Converts times to and from microseconds since 1970 on the shop's clock. */
public final class Micros {
  public static final long PER_SECOND = 1_000_000;
  public static final long PER_DAY = 86_400 * PER_SECOND;

  private Micros() {}

  /**
   * Parses a date, or a date and time.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static LocalDateTime parseLocal(String text) {
    try {
      return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a date", e);
    }
  }

  public static long of(LocalDateTime time) {
    return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, UTC), time);
  }

  public static long of(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }

  public static LocalDateTime toLocal(long micros) {
    int nanos = (int) Math.floorMod(micros, PER_SECOND) * 1000;
    return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), nanos, UTC);
  }
}
