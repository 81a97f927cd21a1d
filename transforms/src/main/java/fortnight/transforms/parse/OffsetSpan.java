package fortnight.transforms.parse;

import static fortnight.common.time.EventTimeRange.MILLIS_PER_SECOND;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The time between two changes of the offset of a time zone.
 *
 * @param from milliseconds since 1970, inclusive
 * @param until milliseconds since 1970, exclusive
 */
record OffsetSpan(long from, long until, long offsetMillis) {
  boolean contains(long epochMillis) {
    return epochMillis >= from && epochMillis < until;
  }

  static OffsetSpan at(ZoneId zone, long epochMillis) {
    ZoneRules rules = zone.getRules();
    Instant instant = Instant.ofEpochMilli(epochMillis);
    long offset = rules.getOffset(instant).getTotalSeconds() * MILLIS_PER_SECOND;
    if (rules.isFixedOffset()) {
      return new OffsetSpan(Long.MIN_VALUE, Long.MAX_VALUE, offset);
    }
    ZoneOffsetTransition next = rules.nextTransition(instant);
    // The span begins here rather than at the previous transition, which is slow to find.
    return new OffsetSpan(
        epochMillis, next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli(), offset);
  }
}
