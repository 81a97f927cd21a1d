package fortnight.pipelines.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The ids for which the registry has no schema that can be used, as far as it was asked. Limits
 * their number, and the rate of requests for such ids: a topic can contain messages with random
 * ids, each of which needs a request.
 */
final class RejectedIds {
  /** More ids than are requested within {@link #FRESH}. */
  static final int MAX_IDS = 5_000;

  /** An id can be registered later: it is requested again before messages are read. */
  static final Duration FRESH = Duration.ofMinutes(1);

  /**
   * After this time, an id is requested again also when a message is parsed. In a stream, messages
   * are parsed some time after they were read, and must not wait for a request then.
   */
  static final Duration USABLE = Duration.ofMinutes(10);

  /** The requests for such ids that are sent without a delay: the messages of one poll. */
  static final int BURST = 500;

  /** The rate of further requests. */
  static final int REQUESTS_PER_SECOND = 50;

  private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(REQUESTS_PER_SECOND);

  private final LongSupplier nanoTime;
  private final Map<Integer, Rejection> rejections =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Rejection> eldest) {
          return size() > MAX_IDS;
        }
      };

  /** When the next request is sent; in the past if it need not wait. */
  private long nextRequest;

  private record Rejection(String message, long nanoTime) {}

  /**
   * Creates an empty set.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  RejectedIds(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    nextRequest = earliest(nanoTime.getAsLong());
  }

  /** Returns why messages with an id are rejected; null if a request is needed. */
  synchronized @Nullable String message(int id, Duration maxAge) {
    Rejection rejection = rejections.get(id);
    boolean isKnown =
        rejection != null && nanoTime.getAsLong() - rejection.nanoTime <= maxAge.toNanos();
    return isKnown ? rejection.message : null;
  }

  /** Adds an id that was requested now. The id whose request is the longest ago is removed. */
  synchronized void add(int id, String message) {
    long now = nanoTime.getAsLong();
    rejections.remove(id); // An id that is replaced would keep its place in the order.
    rejections.put(id, new Rejection(message, now));
    long earliest = earliest(now);
    nextRequest = (nextRequest - earliest < 0 ? earliest : nextRequest) + INTERVAL.toNanos();
  }

  private static long earliest(long now) {
    return now - (BURST - 1) * INTERVAL.toNanos();
  }

  /**
   * Returns how long the next request for an id without a known schema must wait, because many ids
   * were added lately.
   */
  synchronized Duration delay() {
    return Duration.ofNanos(Math.max(0, nextRequest - nanoTime.getAsLong()));
  }
}
