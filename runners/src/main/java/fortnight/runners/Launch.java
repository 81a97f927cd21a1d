package fortnight.runners;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.common.process.ParentWatch;
import fortnight.common.process.TemporaryDirectory;
import fortnight.pipelines.Propose;
import fortnight.pipelines.Redrive;
import fortnight.pipelines.RetailAnalytics;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.report.Live;
import fortnight.runners.cluster.SparkConfig;
import fortnight.testdata.Simulate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The main class of {@code fortnight.jar}: runs the command that the first argument names.
 *
 * <p>{@code analyze}, the default, runs in a child JVM whose flags limit memory: a jar's manifest
 * cannot set JVM flags, and with Java's defaults the same run takes several times the memory. If
 * the user gives the JVM a flag of their own, no child is started, except for a run on Spark: it is
 * in another jar, {@code fortnight-spark.jar}.
 */
public final class Launch {
  private static final int STOP_TIMEOUT_SECONDS = 30;

  private static final List<String> COMMANDS =
      List.of("analyze", "propose", "simulate", "redrive", "live", "broker", "cluster", "help");

  private static final String HELP =
      """
      Fortnight: period-over-period analytics for transaction streams.

      Usage: ./fortnight COMMAND [--flag=value ...]
             java -jar fortnight.jar COMMAND [--flag=value ...]

        analyze    analyze files or a topic; the default if the first argument is a flag
        propose    print a format file for the records of an input
        simulate   write the transactions of a simulated pet shop
        redrive    send dead letters back to the input topic
        live       serve a page that shows the results in topics or tables
        broker     run a Kafka broker on this machine
        cluster    run a Flink or Spark cluster on this machine
        help       print this help

      Each command prints its flags with --help.
      """;

  private Launch() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0 || args[0].startsWith("-")) {
      analyze(args);
      return;
    }
    String[] flags = Arrays.copyOfRange(args, 1, args.length);
    switch (args[0]) {
      case "analyze" -> analyze(flags);
      case "propose" -> Propose.main(flags);
      case "simulate" -> Simulate.main(flags);
      case "redrive" -> Redrive.main(flags);
      case "live" -> Live.main(flags);
      case "broker" -> Broker.main(flags);
      case "cluster" -> LocalStack.main(flags);
      case "help" -> System.out.print(HELP);
      default -> {
        System.err.printf(
            "%s: unknown command; did you mean %s?%nSee ./fortnight help.%n",
            args[0], FlagErrors.nearest(args[0], COMMANDS));
        System.exit(CommandException.WRONG_FLAGS);
      }
    }
  }

  private static void analyze(String... args) throws IOException, InterruptedException {
    boolean isChild = ParentWatch.start();
    Path thisJar = Path.of(System.getProperty("java.class.path"));
    Path jar = jarOf(thisJar, args);
    if (!jar.equals(thisJar) && hasFlag("-agentlib")) {
      System.err.println(
          "fortnight: a run on Spark is in another process, which the debugger would not see;"
              + " debug java -agentlib:... -jar "
              + jar);
      System.exit(CommandException.WRONG_FLAGS);
    }
    if (isChild || (hasJvmFlags() && jar.equals(thisJar))) {
      if (!isChild) {
        TemporaryDirectory.deleteAbandoned();
      }
      System.exit(RetailAnalytics.run(args));
    } else {
      System.exit(runInChild(jar, args));
    }
  }

  /** The jar with the runner; this jar, which reports the error, if another one is missing. */
  private static Path jarOf(Path thisJar, String... args) {
    Path ofSpark = SparkConfig.jarBesideThis();
    return RunFlags.isOn(RunnerSupport.SPARK, args) && Files.isRegularFile(ofSpark)
        ? ofSpark
        : thisJar;
  }

  private static boolean hasJvmFlags() {
    return hasFlag("-X") || hasFlag("-agentlib");
  }

  private static boolean hasFlag(String prefix) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(flag -> flag.startsWith(prefix));
  }

  private static int runInChild(Path jar, String... args) throws IOException, InterruptedException {
    // A killed embedded Flink leaves about 20 MB of temporary files, native libraries even more.
    TemporaryDirectory temporary = TemporaryDirectory.create("run");
    AtomicReference<Process> child = new AtomicReference<>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(child.get(), temporary), "stop the child"));
    child.set(new ProcessBuilder(childCommand(jar, temporary.path(), args)).inheritIO().start());
    TemporaryDirectory.deleteAbandoned();
    return child.get().waitFor();
  }

  private static List<String> childCommand(Path jar, Path temporary, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!hasJvmFlags()) {
      command.addAll(RunFlags.of(jar, args));
    }
    // The child inherits standard input, but no other descriptors such as that of <(…).
    command.add("-Dfortnight.descriptorsOf=" + ProcessHandle.current().pid());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // After the user's -Djava.io.tmpdir, which contains this directory.
    command.addAll(ParentWatch.jvmFlags(temporary));
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(args));
    return command;
  }

  /** Waits until the child has cleaned up, and deletes what it leaves. */
  private static void stop(@Nullable Process child, TemporaryDirectory temporary) {
    try {
      if (child != null) {
        child.destroy();
        if (!child.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          child.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!temporary.delete()) {
      System.err.println("fortnight: cannot delete all of " + temporary.path());
    }
  }
}
