package fortnight.report.live;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server, which are off by default, and which it reads once from system
 * properties. A request occupies a thread from its first byte on, so that without limits incomplete
 * requests would exhaust the memory. Properties that the user sets take precedence.
 */
final class HttpLimits {
  /** Time limit for a request from its first byte, and for an idle connection. */
  static final int TIMEOUT_SECONDS = 5;

  /** A connection takes about 40 kB of heap, and headers of at most {@link #HEADER_BYTES}. */
  private static final int BYTES_PER_CONNECTION = 128 << 10;

  private static final int HEADER_BYTES = 16 << 10;
  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MIN_CONNECTIONS = 128;

  private HttpLimits() {}

  /** The maximum number of open connections, and so of threads; depends on the heap. */
  static int connections() {
    long fitting = Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION;
    return (int) Math.max(MIN_CONNECTIONS, Math.min(MAX_CONNECTIONS, fitting));
  }

  /** Sets the limits; without effect if this JVM has already created an HTTP server. */
  static void set() {
    Map.of(
            // In seconds.
            "sun.net.httpserver.maxReqTime", TIMEOUT_SECONDS,
            "sun.net.httpserver.idleInterval", TIMEOUT_SECONDS,
            // Milliseconds between two checks for idle connections.
            "sun.net.httpserver.clockTick", 1_000,
            "sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES,
            // Further connections are closed at once.
            "jdk.httpserver.maxConnections", connections())
        .forEach((name, value) -> System.getProperties().putIfAbsent(name, value.toString()));
  }
}
