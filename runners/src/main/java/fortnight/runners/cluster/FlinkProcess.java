package fortnight.runners.cluster;

import fortnight.common.process.ParentWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** Starts the processes of a local Flink cluster: JVMs that load only Flink. */
public final class FlinkProcess {
  /** The packages that Flink needs to be open on Java 17. */
  private static final List<String> OPEN_PACKAGES =
      Stream.of(
              "java.lang",
              "java.lang.reflect",
              "java.io",
              "java.net",
              "java.nio",
              "java.text",
              "java.time",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "java.util.concurrent.locks",
              "sun.nio.ch")
          .map(name -> "--add-opens=java.base/%s=ALL-UNNAMED".formatted(name))
          .toList();

  /** The format of the log is that of Flink's start scripts; the level is INFO. */
  private static final List<String> LOGGING =
      List.of(
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
          "-Dorg.slf4j.simpleLogger.showThreadName=false");

  private FlinkProcess() {}

  /** The main class of a JobManager. */
  public static final class JobManager {
    private JobManager() {}

    public static void main(String[] args) {
      ParentWatch.start();
      StandaloneSessionClusterEntrypoint.main(args);
    }
  }

  /** The main class of a TaskManager. */
  public static final class TaskManager {
    private TaskManager() {}

    public static void main(String[] args) throws Exception {
      ParentWatch.start();
      TaskManagerRunner.main(args);
    }
  }

  static ClusterProcess start(
      String name,
      ClusterDirectories directories,
      Class<?> main,
      List<String> jvmFlags,
      List<String> arguments) {
    Path log = directories.logFile(name);
    Path work = directories.createWorkDirectory(name);
    List<String> all = new ArrayList<>(jvmFlags);
    all.addAll(OPEN_PACKAGES);
    all.addAll(LOGGING);
    all.add("-Djava.system.class.loader=" + FlinkClassLoader.class.getName());
    all.add("-Dfile.encoding=UTF-8");
    all.addAll(ParentWatch.jvmFlags(work));
    // The property by which the web UI finds the log.
    all.add("-Dlog.file=" + log);
    all.add(main.getName());
    all.add("--configDir");
    all.add(directories.configuration().toString());
    all.add("-Dio.tmp.dirs=" + work);
    all.addAll(arguments);
    return ClusterProcess.start(
        name, log, all, Map.of("CLASSPATH", System.getProperty("java.class.path")));
  }
}
