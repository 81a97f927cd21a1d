package fortnight.report;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server, which it reads once from system properties and which are off by
 * default. A request holds a thread from its first byte on, so without them requests that are never
 * completed use up the memory. A property that the user sets is left as it is.
 */
final class HttpLimits {
  /**
   * A request must be complete this long after its first byte, and an idle connection is closed.
   */
  static final int SECONDS = 5;

  /** A connection takes about 40 kB of the heap, and headers of at most {@link #HEADER_BYTES}. */
  private static final int BYTES_PER_CONNECTION = 128 << 10;

  private static final int HEADER_BYTES = 16 << 10;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int LEAST_CONNECTIONS = 128;

  private HttpLimits() {}

  /** The largest number of open connections, and so of threads; fewer with a small heap. */
  static int connections() {
    long fitting = Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION;
    return (int) Math.max(LEAST_CONNECTIONS, Math.min(MOST_CONNECTIONS, fitting));
  }

  /** Takes effect if no HTTP server was made in this process before. */
  static void set() {
    Map.of(
            // Seconds, since JDK 6. Checked each second.
            "sun.net.httpserver.maxReqTime", SECONDS,
            "sun.net.httpserver.idleInterval", SECONDS,
            // Milliseconds between two checks for idle connections.
            "sun.net.httpserver.clockTick", 1_000,
            "sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES,
            // A connection beyond these is closed at once.
            "jdk.httpserver.maxConnections", connections())
        .forEach((name, value) -> System.getProperties().putIfAbsent(name, value.toString()));
  }
}
