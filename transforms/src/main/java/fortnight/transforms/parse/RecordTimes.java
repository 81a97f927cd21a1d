package fortnight.transforms.parse;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Extracts event times, as {@link ParseTransactions} parses them, for watermarks. */
public final class RecordTimes implements Serializable {
  private final EventTimes times;
  private final TransactionParser parser;

  private RecordTimes(RecordFormat format, EventTimes times, FutureLimit future) {
    this.times = times;
    this.parser = new TransactionParser(format, times, future);
  }

  /** Rejects records further ahead of the clock than {@code maxFutureSkew}. */
  public static RecordTimes in(
      RecordFormat format, ZoneId zone, Duration maxFutureSkew, Clock clock) {
    return new RecordTimes(format, EventTimes.in(zone), FutureLimit.of(maxFutureSkew, clock));
  }

  /**
   * Returns the event time in milliseconds, also of a record that the conditions of the format
   * exclude; empty if the record is blank or rejected, or its time is too far ahead of the clock.
   */
  public OptionalLong of(byte[] record) {
    Payload payload = Payload.of("", Payload.NOWHERE, record);
    if (payload.isBlank()) {
      return OptionalLong.empty();
    }
    try {
      Instant timestamp = parser.parse(payload).timestamp();
      // The parser does not check the time of an excluded record.
      return timestamp == null || parser.isTooFarAhead(timestamp)
          ? OptionalLong.empty()
          : OptionalLong.of(timestamp.getMillis());
    } catch (Rejection e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the local time of the business at this instant, in milliseconds. */
  public long atMoment(long epochMillis) {
    return times.atMoment(epochMillis);
  }
}
