package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The server-sent events of open pages. Each page gets up to five batches per second, on a thread
 * of its own. A page that does not read a batch within the limit of {@link TimedWrites} is
 * disconnected; it can reconnect.
 */
final class EventStreams implements AutoCloseable {
  static final int MAX_STREAMS = 32;

  private static final int PAUSE_MILLIS = 200;
  private static final int HEARTBEAT_MILLIS = 5_000;

  private final LiveState state;
  private final TimedWrites writes;
  private final Semaphore permits = new Semaphore(MAX_STREAMS);
  private final Set<Thread> connections = ConcurrentHashMap.newKeySet();

  EventStreams(LiveState state, TimedWrites writes) {
    this.state = state;
    this.writes = writes;
  }

  /** Returns true when the page has disconnected; false at once if too many pages are open. */
  boolean serve(HttpExchange exchange) throws IOException {
    if (!permits.tryAcquire()) {
      return false;
    }
    try (exchange) {
      connections.add(Thread.currentThread());
      exchange.sendResponseHeaders(200, 0);
      sendEvents(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(Thread.currentThread());
      permits.release();
    }
    return true;
  }

  private void sendEvents(OutputStream body) throws IOException, InterruptedException {
    PageUpdates updates = state.open();
    try {
      send(body, "retry: 1000\n\n");
      while (true) {
        String events = state.next(updates, HEARTBEAT_MILLIS);
        send(body, events.isEmpty() ? ":\n\n" : events);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } finally {
      state.close(updates);
    }
  }

  int count() {
    return connections.size();
  }

  private void send(OutputStream body, String events) throws IOException {
    writes.write(body, events.getBytes(UTF_8));
  }

  @Override
  public void close() {
    connections.forEach(Thread::interrupt);
  }
}
