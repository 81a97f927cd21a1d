package fortnight.report.live;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a live page shows, and where it is served.
 *
 * @param clock in the time zone of the business
 * @param port 0 for any free port
 * @param catalog a file with the names of items
 */
public record LiveOptions(
    LiveInput input, Clock clock, String host, int port, Optional<Path> catalog) {

  ZoneId timeZone() {
    return clock.getZone();
  }

  /** The current time, local to the business, in milliseconds. */
  long now() {
    return LocalDateTime.now(clock).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
