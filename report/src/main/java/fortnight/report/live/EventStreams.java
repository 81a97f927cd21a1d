package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The pages that are open: each gets at most five batches a second, on a thread of its own. One
 * that does not read its batch within the limit of {@link TimedWrites} is dropped, and connects
 * again when it can.
 */
final class OpenPages implements AutoCloseable {
  static final int MOST = 32;

  private static final int PAUSE_MILLIS = 200;
  private static final int SILENCE_MILLIS = 5_000;

  private final LiveState state;
  private final TimedWrites writes;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<Thread> connections = ConcurrentHashMap.newKeySet();

  OpenPages(LiveState state, TimedWrites writes) {
    this.state = state;
    this.writes = writes;
  }

  /** Returns when the page is gone; at once, and false, where there are too many. */
  boolean serve(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
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
      places.release();
    }
    return true;
  }

  private void sendEvents(OutputStream body) throws IOException, InterruptedException {
    Feed feed = state.open();
    try {
      send(body, "retry: 1000\n\n");
      while (true) {
        String events = state.next(feed, SILENCE_MILLIS);
        send(body, events.isEmpty() ? ":\n\n" : events);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } finally {
      state.close(feed);
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
