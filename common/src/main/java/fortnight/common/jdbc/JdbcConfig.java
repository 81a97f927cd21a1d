package fortnight.common.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.cli.FlagErrors;
import fortnight.common.cli.PropertiesFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.PGProperty;

/**
 * The settings of {@code --jdbcConfig}: user, password, and other properties of the driver. Only
 * the path of the file is serialized; each machine reads the file itself. No message quotes the
 * file.
 *
 * @param file null if there is none
 */
public record JdbcConfig(@Nullable String file) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The program sets these, or depends on their defaults. */
  private static final List<PGProperty> PROGRAM_SETTINGS =
      List.of(
          PGProperty.PG_HOST,
          PGProperty.PG_PORT,
          PGProperty.PG_DBNAME,
          PGProperty.AUTOSAVE,
          PGProperty.CONNECT_TIMEOUT,
          PGProperty.CURRENT_SCHEMA,
          PGProperty.LOGIN_TIMEOUT,
          PGProperty.READ_ONLY,
          PGProperty.REPLICATION,
          PGProperty.SOCKET_TIMEOUT,
          PGProperty.TCP_KEEP_ALIVE);

  /**
   * Checks that a file contains settings of the driver; returns its path.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static String checkedFile(String path) {
    if (!Files.isRegularFile(Path.of(path)) || !Files.isReadable(Path.of(path))) {
      throw new IllegalArgumentException("not a readable file");
    }
    for (String name : read(path).keySet()) {
      if (PGProperty.forName(name) == null) {
        // Without the name, which is a password if the file has no names.
        throw new IllegalArgumentException(
            "has a line that is not a setting of the PostgreSQL driver; did you mean %s=?"
                .formatted(FlagErrors.nearest(name, settingNames())));
      }
    }
    return path;
  }

  /** The properties of a new connection. */
  Properties properties() {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "fortnight");
    try {
      properties.putAll(file == null ? Map.of() : read(file));
    } catch (IllegalArgumentException e) {
      throw CommandException.failed(
          "cannot read %s on this machine: %s; each machine that connects to the database needs this file"
              .formatted(flag(), e.getMessage()));
    }
    PROGRAM_SETTINGS.forEach(setting -> properties.remove(setting.getName()));
    return properties;
  }

  /** The flag of the file, for messages. */
  String flag() {
    return file == null ? "--jdbcConfig" : "--jdbcConfig=" + file;
  }

  private static Map<String, String> read(String path) {
    try {
      return PropertiesFile.read(Path.of(path), UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(ErrorMessages.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash", e);
    }
  }

  private static List<String> settingNames() {
    return Arrays.stream(PGProperty.values()).map(PGProperty::getName).toList();
  }
}
