package fortnight.pipelines.jdbc;

import fortnight.common.cli.CommandException;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.Database.Work;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.DatabaseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of one worker. While the database is not available, they are retried for ten
 * minutes, as Kafka's producers do; then the bundle fails, and the runner restarts the job.
 */
final class DatabaseSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSession.class);

  private static final Counter RETRIES = Metrics.counter(DatabaseSession.class, "retries");

  private static final Duration MAX_OUTAGE = Duration.ofMinutes(10);
  private static final long MIN_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 5_000;

  /** The databases that this process waits for. Only the first of its workers logs it. */
  private static final Set<DatabaseAddress> OUTAGES = ConcurrentHashMap.newKeySet();

  private final Database database;
  private final Duration responseTimeout;
  private @Nullable Connection connection;

  /**
   * Connects with the first transaction.
   *
   * @param responseTimeout how long one statement may take
   */
  DatabaseSession(Database database, Duration responseTimeout) {
    this.database = database;
    this.responseTimeout = responseTimeout;
  }

  /**
   * Runs a transaction, and repeats it until it is committed.
   *
   * @throws CommandException if it fails
   */
  void transaction(Work work) {
    long start = System.nanoTime();
    long pause = MIN_PAUSE_MILLIS;
    boolean isOutage = false;
    while (true) {
      boolean wasConnected = connection != null;
      try {
        tryOnce(work);
        if (isOutage && OUTAGES.remove(database.address())) {
          LOG.warn("{}: available again; the waiting rows are written", database.address());
        }
        return;
      } catch (SQLException e) {
        close();
        boolean isLate = System.nanoTime() - start >= MAX_OUTAGE.toNanos();
        if (isLate || !(DatabaseErrors.isOutage(e) || DatabaseErrors.isConflict(e))) {
          OUTAGES.remove(database.address());
          throw DatabaseErrors.failure(database, e);
        }
        RETRIES.inc();
        if (wasConnected) {
          continue; // The server, or a firewall, may have closed a connection that was idle.
        }
        if (DatabaseErrors.isOutage(e)) {
          isOutage = true;
          logOutage(e);
        }
      }
      sleep(pause);
      pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
    }
  }

  private void tryOnce(Work work) throws SQLException {
    if (connection == null) {
      connection = database.connect(responseTimeout);
    }
    work.run(connection);
    connection.commit();
  }

  private void logOutage(SQLException e) {
    if (OUTAGES.add(database.address())) {
      LOG.warn(
          "{}: {}; rows wait for up to {} minutes",
          database.address(),
          DatabaseErrors.reason(database, e),
          MAX_OUTAGE.toMinutes());
    }
  }

  /** Workers wait for different times, so that they are not in conflict again. */
  private void sleep(long pauseMillis) {
    try {
      TimeUnit.MILLISECONDS.sleep(
          ThreadLocalRandom.current().nextLong(pauseMillis / 2, pauseMillis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      OUTAGES.remove(database.address());
      throw CommandException.failed(
          database.address() + ": interrupted while waiting for the database");
    }
  }

  /** Closes the connection; the server rolls back its transaction. */
  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("Already closed", e);
      }
    }
  }
}
