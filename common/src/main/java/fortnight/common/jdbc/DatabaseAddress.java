package fortnight.common.jdbc;

import fortnight.common.cli.FlagErrors;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema of a database, as {@code postgresql://HOST:PORT/DATABASE[?schema=NAME]}.
 *
 * @param host a name, or an IP address; of version 6 in brackets
 */
public record DatabaseAddress(String host, int port, String database, String schema)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The advice for an address that is wrong. */
  public static final String USAGE = "use postgresql://HOST:PORT/DATABASE[?schema=NAME]";

  private static final String DEFAULT_SCHEMA = "public";

  /** What users may write for a database, so that it is not taken for a path. */
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:jdbc:)?postgres(?:ql)?:.*");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "postgresql://([\\w.-]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})/([\\w$.-]{1,63})"
              + "(?:\\?schema=([\\w$-]{1,63}))?");

  /** Whether a text is meant as the address of a database. */
  public static boolean isDatabase(String text) {
    return SCHEME.matcher(text).matches();
  }

  /**
   * Parses an address. The message of an error does not contain the text, because it can contain a
   * password.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static DatabaseAddress parse(String text) {
    if (text.contains("@") || text.contains("user=") || text.contains("password=")) {
      throw new IllegalArgumentException(
          "contains a user or a password, which other users can see; set them in --jdbcConfig, and "
              + USAGE);
    }
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the address of a database; " + USAGE);
    }
    int port = Integer.parseInt(matcher.group(2));
    if (port < 1 || port > FlagErrors.MAX_PORT) {
      throw new IllegalArgumentException("a port is from 1 to " + FlagErrors.MAX_PORT);
    }
    String schema = matcher.group(4);
    return new DatabaseAddress(
        matcher.group(1), port, matcher.group(3), schema == null ? DEFAULT_SCHEMA : schema);
  }

  /** The host and the port. */
  public String server() {
    return host + ":" + port;
  }

  /** The address with the schema, as in a flag. */
  public String withSchema() {
    return this + (schema.equals(DEFAULT_SCHEMA) ? "" : "?schema=" + schema);
  }

  /** The address of the database, without the schema. */
  @Override
  public String toString() {
    return "postgresql://" + server() + "/" + database;
  }
}
