package fortnight.report.live;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseErrors;
import fortnight.report.tables.ResultTables;
import fortnight.report.tables.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
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
  private StreamStatus.Tables checked = StreamStatus.Tables.NONE;

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
      checked = new StreamStatus.Tables(snapshot.tables(), problem(snapshot));
      state.replace(snapshot, checked);
      return pauseAfter(start);
    } catch (Throwable e) {
      reportFailure(e);
      return e instanceof SQLException failure && DatabaseErrors.isOutage(failure)
          ? MIN_PAUSE
          : pauseAfter(start);
    }
  }

  private Optional<String> problem(Snapshot snapshot) {
    return snapshot.titles().isEmpty()
        ? Optional.of(tables.noTables())
        : snapshot.problem().map(sentence -> database.address() + ": " + sentence);
  }

  private static Duration pauseAfter(long start) {
    Duration pause = Duration.ofNanos(PAUSE_FACTOR * (System.nanoTime() - start));
    return pause.compareTo(MIN_PAUSE) > 0 ? pause : MIN_PAUSE;
  }

  /** Without enough memory this can fail as well; then the next read reports the failure. */
  private void reportFailure(Throwable failure) {
    try {
      tables.close();
      checked = new StreamStatus.Tables(checked.list(), Optional.of(sentence(failure)));
      state.update(status -> status.with(checked));
    } catch (RuntimeException | Error e) {
      // The next read is complete, because the tables are closed first.
    }
  }

  private String sentence(Throwable failure) {
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
}
