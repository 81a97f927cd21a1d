package fortnight.testdata;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970 on the shop's clock. */
final class Micros {
  static final long A_SECOND = 1_000_000;
  static final long A_DAY = 86_400 * A_SECOND;

  private Micros() {}

  static long of(LocalDateTime time) {
    return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, UTC), time);
  }

  static long of(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }

  static LocalDateTime toLocal(long micros) {
    int nanos = (int) Math.floorMod(micros, A_SECOND) * 1000;
    return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, A_SECOND), nanos, UTC);
  }
}
