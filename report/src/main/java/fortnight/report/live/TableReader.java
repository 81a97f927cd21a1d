package fortnight.report.live;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseErrors;
import fortnight.report.tables.ResultTables;
import fortnight.report.tables.ResultTables.Snapshot;
import fortnight.report.tables.ResultTables.TableSize;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads tables of results into the state: what has changed about once a second, and all of them
 * after a failure.
 */
final class TableReader implements Runnable {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(1);

  /** So that reading large tables takes a fifth of the time at most. */
  private static final int PAUSE_FACTOR = 4;

  private final LiveState state;
  private final Database database;
  private final ResultTables tables;
  private List<TableSize> sizes = List.of();

  TableReader(LiveState state, Database database) {
    this.state = state;
    this.database = database;
    this.tables = new ResultTables(database);
  }

  @Override
  public void run() {
    try (tables) {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.NANOSECONDS.sleep(read().toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads once; returns how long to wait until the next read. An error must not end the thread. */
  private Duration read() {
    long start = System.nanoTime();
    try {
      Snapshot snapshot = tables.read();
      state.replace(snapshot);
      sizes = snapshot.tables();
      setStatus(sizes.isEmpty() ? Optional.of(tables.noTables()) : Optional.empty());
      return pauseAfter(start);
    } catch (Throwable e) {
      reportFailure(e);
      return e instanceof SQLTimeoutException ? pauseAfter(start) : MIN_PAUSE;
    }
  }

  private static Duration pauseAfter(long start) {
    Duration pause = Duration.ofNanos(PAUSE_FACTOR * (System.nanoTime() - start));
    return pause.compareTo(MIN_PAUSE) > 0 ? pause : MIN_PAUSE;
  }

  /** Without enough memory this can fail as well; then the next read reports the failure. */
  private void reportFailure(Throwable failure) {
    try {
      tables.close();
      setStatus(Optional.of(sentence(failure)));
    } catch (RuntimeException | Error e) {
      // The next read is complete, because the tables are closed first.
    }
  }

  private String sentence(Throwable failure) {
    if (failure instanceof SQLTimeoutException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException e) {
      String reason = DatabaseErrors.reason(database, e);
      return DatabaseErrors.isOutage(e)
          ? "PostgreSQL at %s is not available: %s; a job that writes to it waits, and continues when it is available"
              .formatted(database.address().server(), reason)
          : database.address() + ": " + reason;
    }
    return failure instanceof CommandException
        ? failure.getMessage()
        : ErrorMessages.ofUnexpected(failure);
  }

  private void setStatus(Optional<String> problem) {
    StreamStatus.Tables checked = new StreamStatus.Tables(sizes, problem);
    state.update(status -> status.with(checked));
  }
}
