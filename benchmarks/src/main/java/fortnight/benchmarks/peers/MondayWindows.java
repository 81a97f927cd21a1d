package fortnight.benchmarks.peers;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.kstream.Windows;
import org.apache.kafka.streams.kstream.internals.TimeWindow;

/**
 * Windows of whole weeks, one beginning each Monday: the windows of Kafka Streams begin with 1970,
 * a Thursday, and its guide says to write one's own for other calendars.
 *
 * <p>They take what comes late for a year: stream time is that of the newest record of a task,
 * which runs ahead of the other partitions when the past is replayed.
 */
final class MondayWindows extends Windows<TimeWindow> {
  private static final long GRACE_MILLIS = 53 * Week.MILLIS;

  private final int weeks;

  private MondayWindows(int weeks) {
    this.weeks = weeks;
  }

  static MondayWindows ofWeeks(int weeks) {
    return new MondayWindows(weeks);
  }

  @Override
  public Map<Long, TimeWindow> windowsFor(long timestamp) {
    Map<Long, TimeWindow> windows = new HashMap<>();
    for (int i = 0; i < weeks; i++) {
      long start = Week.start(timestamp) - i * Week.MILLIS;
      windows.put(start, new TimeWindow(start, start + size()));
    }
    return windows;
  }

  @Override
  public long size() {
    return weeks * Week.MILLIS;
  }

  @Override
  public long gracePeriodMs() {
    return GRACE_MILLIS;
  }
}
