package fortnight.runners;

import static org.junit.jupiter.api.Assumptions.abort;

import fortnight.common.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.MoreFiles;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.io.RecursiveDeleteOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.postgresql.Driver;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server in a process of its own, with data of its own, at a port of localhost.
 *
 * <p>Its programs are in a library of the tests. PostgreSQL refuses to run as root, so that root
 * runs it as another user. Where it cannot be started, tests are skipped.
 */
public final class TestPostgres implements AutoCloseable {
  /** The password of the superuser {@code postgres}. */
  public static final String PASSWORD = "open-sesame-4711";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int POLL_MILLIS = 20;
  private static final int PATIENCE_SECONDS = 60;

  /** Any user other than root; it needs no name. */
  private static final int OTHER_USER = 65_534;

  private final Path directory;
  private final int port;
  private Process process;

  private TestPostgres(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Starts a server, or skips the test if there is none for this machine. */
  public static TestPostgres start() throws Exception {
    InputStream archive = TestPostgres.class.getResourceAsStream(ARCHIVE);
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (archive == null || !platform.equals("Linux amd64")) {
      return abort("PostgreSQL is in the test libraries for Linux on x86-64 only: " + platform);
    }
    Path directory = Files.createTempDirectory("fortnight-postgres");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    unpack(archive, directory);
    TestPostgres server = new TestPostgres(directory, Ports.choose(0).clients());
    Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
    if (!server.createData()) {
      return abort("PostgreSQL does not start here: " + server.log("initdb"));
    }
    server.restart();
    return server;
  }

  /** The host and the port. */
  public String server() {
    return "localhost:" + port;
  }

  /** The value of {@code --output} for a database. */
  public String address(String database) {
    return "postgresql://" + server() + "/" + database;
  }

  /** Connects as the superuser; each statement is a transaction. */
  public Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", PASSWORD);
    return new Driver().connect("jdbc:" + address(database), login);
  }

  /** Executes statements as the superuser. */
  public void execute(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of a query, as text. */
  public List<String> query(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Writes a file for {@code --jdbcConfig}; returns the flag. */
  public static String configFlag(Path file, String user, String password) throws IOException {
    Files.writeString(file, "user=%s\npassword=%s\n".formatted(user, password));
    return "--jdbcConfig=" + file;
  }

  /** Stops the server as its administrators do: transactions are rolled back. */
  public void stop() throws IOException, InterruptedException {
    signal("INT");
  }

  /** Stops the server as in a crash: it recovers at the next start. */
  public void crash() throws IOException, InterruptedException {
    signal("QUIT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still alive: " + log("postgres"));
    }
  }

  /** Starts the server again with its data, and waits until it accepts connections. */
  public void restart() throws Exception {
    process =
        run(
            "postgres",
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=localhost",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off"); // Only processes are killed, not the machine.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("not started: " + log("postgres"));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean accepts() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean createData() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    Files.createDirectory(data());
    if (isRoot()) {
      Files.setAttribute(data(), "unix:uid", OTHER_USER);
    }
    try {
      return run(
                  "initdb",
                  "-D",
                  data().toString(),
                  "-U",
                  "postgres",
                  "-A",
                  "scram-sha-256",
                  "--pwfile=" + password,
                  "--encoding=UTF8",
                  "--locale=C",
                  "--no-sync")
              .waitFor()
          == 0;
    } catch (IOException e) {
      Files.writeString(directory.resolve("initdb.log"), e.getMessage());
      return false;
    }
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + OTHER_USER, "--regid=" + OTHER_USER));
      command.addAll(List.of("--clear-groups", "--"));
    }
    command.add(directory.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(data().toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve(program + ".log").toFile()));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private String log(String program) throws IOException {
    return Files.readString(directory.resolve(program + ".log"));
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void unpack(InputStream archive, Path directory) throws IOException {
    try (TarArchiveInputStream files = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = files.getNextEntry();
          entry != null;
          entry = files.getNextEntry()) {
        Path path = directory.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
          } else {
            Files.copy(files, path);
            boolean isProgram = path.startsWith(directory.resolve("bin"));
            Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
          }
        }
      }
    }
  }

  /** Stops the server and deletes its data. */
  @Override
  public void close() {
    remove();
  }

  private void remove() {
    try {
      if (process != null && process.isAlive()) {
        crash();
      }
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      System.err.println(directory + " remains: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
