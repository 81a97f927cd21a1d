package fortnight.runners.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.process.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the processes of a local Spark cluster. Spark is in a jar of its own, because it needs
 * another version of Scala than the broker; these processes load that jar first.
 */
public final class SparkProcess {
  static final String MASTER = "org.apache.spark.deploy.master.Master";
  static final String WORKER = "org.apache.spark.deploy.worker.Worker";

  /** The packages that Spark needs to be open on Java 17. */
  private static final List<String> OPEN_PACKAGES =
      Stream.of(
              "java.lang",
              "java.lang.invoke",
              "java.io",
              "java.net",
              "java.nio",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "sun.nio.ch",
              "sun.nio.cs",
              "sun.security.action")
          .map(name -> "--add-opens=java.base/%s=ALL-UNNAMED".formatted(name))
          .toList();

  /** The log of all processes; that of executors is in the directories of their workers. */
  private static final String LOGGING =
      """
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSS} %p %c{1}: %m%n%ex
      rootLogger.level = info
      rootLogger.appenderRef.stderr.ref = stderr
      """;

  private SparkProcess() {}

  /** Runs the main class that the first argument names, until the parent ends. */
  public static void main(String[] args) throws ReflectiveOperationException {
    ParentWatch.start();
    String[] others = Stream.of(args).skip(1).toArray(String[]::new);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) others);
  }

  /**
   * Creates a home of Spark, from which workers start executors.
   *
   * @param jar contains Spark
   */
  static void writeHome(Path home, Path jar) {
    try {
      Files.createDirectories(home.resolve("jars"));
      Files.createSymbolicLink(home.resolve("jars").resolve(jar.getFileName()), jar.toRealPath());
      Files.createFile(home.resolve("RELEASE"));
      Files.createDirectories(home.resolve("conf"));
      Files.writeString(home.resolve("conf").resolve("log4j2.properties"), LOGGING, UTF_8);
    } catch (IOException e) {
      throw CommandException.failed("cannot write Spark's files: " + ErrorMessages.of(e), e);
    }
  }

  /**
   * Starts a process.
   *
   * @param main its main class
   * @param home a home of Spark
   */
  static ClusterProcess start(
      String name,
      ClusterDirectories directories,
      String main,
      Path home,
      Path jar,
      List<String> arguments) {
    List<String> all = new ArrayList<>(OPEN_PACKAGES);
    all.add("-Xmx512m");
    all.addAll(ParentWatch.jvmFlags(directories.createWorkDirectory(name)));
    all.add("-cp");
    all.add(
        String.join(
            File.pathSeparator,
            home.resolve("conf").toString(),
            jar.toString(),
            System.getProperty("java.class.path")));
    all.add(SparkProcess.class.getName());
    all.add(main);
    all.addAll(arguments);
    return ClusterProcess.start(
        name,
        directories.logFile(name),
        all,
        Map.of(
            "SPARK_HOME",
            home.toString(),
            // Workers start no executor without it; Spark's scripts set it.
            "SPARK_SCALA_VERSION",
            "2.12",
            // Without the address, web UIs listen on all interfaces.
            "SPARK_LOCAL_IP",
            LocalSpark.HOST));
  }
}
