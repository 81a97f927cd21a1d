package fortnight.common.jdbc;

import fortnight.common.cli.CommandException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns failures of the database into one sentence. It quotes messages of the server, but none of
 * the driver, which can contain settings.
 */
public final class DatabaseErrors {
  /** The connection was rejected: by the rules of the server, or because no password was given. */
  private static final String REJECTED = "08004";

  /**
   * Shutdown, crash and start; lock and statement timeouts; a server that is, for now, a standby.
   */
  private static final Set<String> TEMPORARY =
      Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006");

  /** A right is missing. The server names the table or the schema, but no right. */
  private static final String NO_RIGHT = "42501";

  private static final String RIGHTS =
      "; grant the user USAGE on the schema and, on its tables, SELECT to read, or SELECT, INSERT,"
          + " UPDATE and DELETE to write";

  private DatabaseErrors() {}

  /** Whether the database is not available, and may be later. */
  public static boolean isOutage(SQLException failure) {
    String state = state(failure);
    boolean isConnection = state.startsWith("08") && !state.equals(REJECTED);
    boolean lacksResources = state.startsWith("53");
    return (isConnection || lacksResources || TEMPORARY.contains(state))
        && !has(failure, SSLHandshakeException.class)
        && !hasUnusableFile(failure);
  }

  /** Whether a file that the settings name, such as sslrootcert, cannot be used. */
  private static boolean hasUnusableFile(SQLException failure) {
    return has(failure, FileNotFoundException.class)
        || has(failure, NoSuchFileException.class)
        || has(failure, GeneralSecurityException.class);
  }

  /** Whether transactions were in conflict, a deadlock for example, and a retry may succeed. */
  public static boolean isConflict(SQLException failure) {
    return state(failure).startsWith("40");
  }

  /** The failure of a command that cannot use a database. */
  public static CommandException failure(Database database, SQLException failure) {
    return CommandException.failed(
        database.address() + ": " + reason(database, failure), withoutSettings(failure));
  }

  /** What is wrong, and what to do. */
  public static String reason(Database database, SQLException failure) {
    DatabaseAddress address = database.address();
    String flag = database.config().flag();
    if (has(failure, UnknownHostException.class)) {
      return "unknown host; check the address";
    }
    if (has(failure, ConnectException.class)) {
      return "nothing listens at %s; check that PostgreSQL runs there".formatted(address.server());
    }
    if (has(failure, SocketTimeoutException.class)) {
      return "the server does not answer; check that PostgreSQL runs at " + address.server();
    }
    if (hasUnusableFile(failure)) {
      return "a file of the TLS settings cannot be read; check sslrootcert, sslcert and sslkey in "
          + flag;
    }
    if (has(failure, SSLHandshakeException.class)) {
      return "the TLS handshake failed; check sslmode and sslrootcert in " + flag;
    }
    String state = state(failure);
    if (state.equals(REJECTED) || state.startsWith("28")) {
      return "the server rejects the login; check user, password and sslmode in " + flag;
    }
    return switch (state) {
      case "3D000" -> "the database does not exist; create it, or correct its name";
      case "57P01", "57P02", "57P03" -> "the server is shutting down or starting";
      case "53300" -> "the server has too many connections";
      case "25006" -> "the server is read-only; use the address of the primary";
      case "22P05", "22021" -> "the encoding of the database is not UTF8; use one that has it";
      default -> other(failure, state, flag);
    };
  }

  private static String other(SQLException failure, String state, String flag) {
    ServerErrorMessage server =
        failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
    if (server != null && server.getMessage() != null) {
      String sentence = server.getMessage().lines().findFirst().orElse("");
      return "%s (SQLSTATE %s)%s".formatted(sentence, state, state.equals(NO_RIGHT) ? RIGHTS : "");
    }
    return state.startsWith("08")
        ? "the connection fails; check the server and the settings in " + flag
        : "the driver fails with SQLSTATE %s; check the settings in %s".formatted(state, flag);
  }

  /** The failure for a stack trace; null if its message may contain a setting. */
  private static SQLException withoutSettings(SQLException failure) {
    boolean isOfServer = failure instanceof PSQLException e && e.getServerErrorMessage() != null;
    return isOfServer && !state(failure).startsWith("28") ? failure : null;
  }

  private static String state(SQLException failure) {
    return Objects.toString(failure.getSQLState(), "");
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
