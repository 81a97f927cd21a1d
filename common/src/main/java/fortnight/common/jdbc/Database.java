package fortnight.common.jdbc;

import fortnight.common.cli.CommandException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to a database. Each has time limits, so that no step waits forever. */
public record Database(DatabaseAddress address, JdbcConfig config) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);

  /** For the checks of a run, which take some seconds at most. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(8);

  static {
    deregisterDriver();
  }

  /** The statements of a transaction. */
  @FunctionalInterface
  public interface Work {
    void run(Connection connection) throws SQLException;
  }

  /**
   * Opens a connection.
   *
   * @param responseTimeout how long to wait for each response of the server
   */
  public Connection connect(Duration responseTimeout) throws SQLException {
    Properties properties = config.properties();
    PGProperty.CONNECT_TIMEOUT.set(properties, Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
    PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(responseTimeout.toSeconds()));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    Connection connection = new Driver().connect("jdbc:" + address, properties);
    connection.setAutoCommit(false);
    return connection;
  }

  /** The DriverManager would keep the class loader of a job on a cluster after its end. */
  private static void deregisterDriver() {
    try {
      if (Driver.isRegistered()) {
        Driver.deregister();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a short transaction, before the run or after it.
   *
   * @throws CommandException if it fails
   */
  public void inTransaction(Work work) {
    try (Connection connection = connect(CHECK_TIMEOUT)) {
      work.run(connection);
      connection.commit();
    } catch (SQLException e) {
      throw DatabaseErrors.failure(this, e);
    }
  }
}
