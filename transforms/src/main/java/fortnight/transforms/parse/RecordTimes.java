package fortnight.transforms.parse;

import fortnight.transforms.Payload;
import fortnight.transforms.avro.SchemaSource;
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

  private RecordTimes(EventTimes times, TransactionParser parser) {
    this.times = times;
    this.parser = parser;
  }

  /** Rejects records further ahead of the clock than {@code maxFutureSkew}. */
  public static RecordTimes in(
      RecordFormat format, ZoneId zone, Duration maxFutureSkew, Clock clock) {
    return in(format, zone, maxFutureSkew, clock, SchemaSource.NONE);
  }

  /** As above, for records whose schemas have ids. */
  public static RecordTimes in(
      RecordFormat format, ZoneId zone, Duration maxFutureSkew, Clock clock, SchemaSource schemas) {
    EventTimes times = EventTimes.in(zone);
    FutureLimit future = FutureLimit.of(maxFutureSkew, clock);
    return new RecordTimes(times, new TransactionParser(format, times, future, schemas));
  }

  /**
   * Returns the event time in milliseconds, also of a record that the conditions of the format
   * exclude; empty if the record is blank or rejected, or its time is too far ahead of the clock.
   */
  public OptionalLong of(byte[] record) {
    return of(Payload.of("", Payload.NOWHERE, record));
  }

  /** As above, for a record that can have a preamble. */
  public OptionalLong of(Payload payload) {
    if (parser.isBlank(payload)) {
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
