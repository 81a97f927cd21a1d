package fortnight.transforms.parse;

import fortnight.transforms.Payload;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.joda.time.Duration;

/** The event times of records as {@link ParseTransactions} parses them, for watermarks. */
public final class RecordTimes implements Serializable {
  private final EventTimes times;
  private final TransactionParser parser;

  private RecordTimes(EventTimes times, FutureLimit future) {
    this.times = times;
    this.parser = new TransactionParser(times, future);
  }

  /** For records whose event times must not be further ahead of the clock than this. */
  public static RecordTimes in(ZoneId zone, Duration maxFutureSkew, Clock clock) {
    return new RecordTimes(EventTimes.in(zone), FutureLimit.of(maxFutureSkew, clock));
  }

  /** The event time in milliseconds; empty for a record that is blank or will be rejected. */
  public OptionalLong of(byte[] record) {
    Payload payload = Payload.of("", Payload.NOWHERE, record);
    if (payload.isBlank()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(parser.parse(payload).timestamp().getMillis());
    } catch (Rejection e) {
      return OptionalLong.empty();
    }
  }

  /** What the wall clock of the business shows at this moment of the world, in milliseconds. */
  public long atMoment(long epochMillis) {
    return times.atMoment(epochMillis);
  }
}
