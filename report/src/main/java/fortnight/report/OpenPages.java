package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The pages that are open: each gets at most five batches a second, on a thread of its own. One
 * that does not take its batch within {@link #PATIENCE_SECONDS} is dropped, and comes again when it
 * can.
 */
final class OpenPages implements AutoCloseable {
  static final int MOST = 32;

  private static final int PAUSE_MILLIS = 200;
  private static final int SILENCE_MILLIS = 5_000;
  private static final int PATIENCE_SECONDS = 10;

  /** A connection; writing since, in nanoseconds, or zero. */
  private static final class Connection {
    private final Thread thread = Thread.currentThread();
    private volatile long writingSince;

    private boolean isStuck() {
      long since = writingSince;
      return since != 0 && System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }
  }

  private final LiveState state;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("watch"));

  OpenPages(LiveState state) {
    this.state = state;
    var unused = watch.scheduleWithFixedDelay(this::dropStuck, 1, 1, TimeUnit.SECONDS);
  }

  /** Returns when the page is gone; at once, and false, where there are too many. */
  boolean serve(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
      return false;
    }
    Connection connection = new Connection();
    connections.add(connection);
    Feed feed = state.open();
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      send(connection, body, "retry: 1000\n\n");
      while (true) {
        String events = state.next(feed, SILENCE_MILLIS);
        send(connection, body, events.isEmpty() ? ":\n\n" : events);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.close(feed);
      connections.remove(connection);
      places.release();
    }
    return true;
  }

  int count() {
    return connections.size();
  }

  private static void send(Connection connection, OutputStream body, String events)
      throws IOException {
    connection.writingSince = System.nanoTime();
    body.write(events.getBytes(UTF_8));
    body.flush();
    connection.writingSince = 0;
  }

  /** An interrupt closes the socket that a thread is writing to. */
  private void dropStuck() {
    connections.stream().filter(Connection::isStuck).forEach(stuck -> stuck.thread.interrupt());
  }

  @Override
  public void close() {
    watch.shutdownNow();
    connections.forEach(connection -> connection.thread.interrupt());
  }
}
