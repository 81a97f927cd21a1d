package fortnight.report;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/**
 * The event times that timestamps of transactions say, on the wall of this zone, as the pipeline
 * reads them.
 */
record Timestamps(ZoneId zone) {
  /** None that is legal is longer. */
  private static final int MOST = 40;

  private static final int FIRST_YEAR = 1971;
  private static final int LAST_YEAR = 9999;

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  /** In milliseconds as of {@link Times}; throws DateTimeException where the pipeline rejects. */
  long millis(String text) {
    if (text.length() > MOST) {
      throw new DateTimeException("too long");
    }
    TemporalAccessor said =
        FORMAT.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
    LocalDateTime time =
        said instanceof OffsetDateTime elsewhere
            ? elsewhere.atZoneSameInstant(zone).toLocalDateTime()
            : LocalDateTime.from(said);
    if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("outside of all event times");
    }
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
