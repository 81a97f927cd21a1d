package fortnight.runners;

import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.Redrive;
import fortnight.pipelines.RetailAnalytics;
import fortnight.report.Live;
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
 * cannot carry JVM flags, and with Java's defaults the same run takes several times the memory. If
 * the user gives the JVM a flag of their own, no child is started.
 */
public final class Launch {
  /**
   * A young generation that holds the bundles which DirectRunner has under way, and does not let
   * them grow old. What lives longer has a generation that grows as it needs, to what Java allows.
   */
  private static final List<String> MEMORY =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:-UseAdaptiveGenerationSizePolicyAtMinorCollection",
          "-Xms800m",
          "-Xmn400m",
          "-XX:SurvivorRatio=2");

  /**
   * The optimizing compiler takes a method in hand after ten times as many calls as Java has by
   * itself. Runs of seconds call what their runner does once for each bundle some thousand times,
   * and what is done to records some million times.
   */
  private static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** In bytes. */
  private static final long ENOUGH_FOR_THAT = 1600L << 20;

  /** Growing the heap late. */
  private static final List<String> LITTLE_MEMORY =
      List.of("-XX:+UseParallelGC", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40");

  private static final int PATIENCE_SECONDS = 30;

  private static final int WRONG_FLAGS = 2;

  private static final String HELP =
      """
      Fortnight: period-over-period analytics for transaction streams.

      Usage: ./fortnight COMMAND [--flag=value ...]
             java -jar fortnight.jar COMMAND [--flag=value ...]

        analyze    analyze files or a topic; the default, if the first argument is a flag
        simulate   write the transactions of a simulated pet shop
        redrive    send dead letters back into the input topic
        live       serve a page that shows the results of a stream
        broker     run a Kafka broker on this machine
        cluster    run a Flink cluster on this machine
        help       print this

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
      case "simulate" -> Simulate.main(flags);
      case "redrive" -> Redrive.main(flags);
      case "live" -> Live.main(flags);
      case "broker" -> Broker.main(flags);
      case "cluster" -> LocalStack.main(flags);
      case "help" -> System.out.print(HELP);
      default -> {
        System.err.println(
            args[0] + ": unknown command; did you mean " + nearest(args[0]) + "?\nSee help.");
        System.exit(WRONG_FLAGS);
      }
    }
  }

  private static String nearest(String command) {
    return FlagErrors.nearest(
        command, List.of("analyze", "simulate", "redrive", "live", "broker", "cluster", "help"));
  }

  private static void analyze(String... args) throws IOException, InterruptedException {
    boolean isChild = Parent.endsThisProcess();
    if (isChild || isToldOtherwise()) {
      if (!isChild) {
        TemporaryDirectory.removeAbandoned();
      }
      System.exit(RetailAnalytics.run(args));
    } else {
      System.exit(runInChild(args));
    }
  }

  private static boolean isToldOtherwise() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(flag -> flag.startsWith("-X") || flag.startsWith("-agentlib"));
  }

  private static int runInChild(String... args) throws IOException, InterruptedException {
    // An embedded Flink that is killed leaves some 20 MB behind, natives of codecs more.
    TemporaryDirectory temporary = TemporaryDirectory.create("run");
    AtomicReference<Process> child = new AtomicReference<>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(child.get(), temporary), "stop the child"));
    child.set(new ProcessBuilder(command(temporary.path(), args)).inheritIO().start());
    TemporaryDirectory.removeAbandoned();
    return child.get().waitFor();
  }

  private static List<String> command(Path temporary, String... args) {
    String jar = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Java allows the child what it allows this process: a quarter of the machine.
    boolean isEnough = Runtime.getRuntime().maxMemory() > ENOUGH_FOR_THAT;
    command.addAll(isEnough ? MEMORY : LITTLE_MEMORY);
    command.addAll(COMPILER);
    command.addAll(archive(Path.of(jar)));
    // A child inherits standard input, and no other descriptor such as that of <(…).
    command.add("-Dfortnight.descriptorsOf=" + ProcessHandle.current().pid());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // Behind the user's own -Djava.io.tmpdir, in which this directory is then.
    command.addAll(Parent.flags(temporary));
    command.add("-jar");
    command.add(jar);
    command.addAll(List.of(args));
    return command;
  }

  /**
   * The archive of classes that the build leaves beside the jar. Where it does not fit, since one
   * of them was moved or Java is another, the JVM does without, and is not to tell.
   */
  private static List<String> archive(Path jar) {
    Path archive = jar.resolveSibling("fortnight.jsa");
    return Files.isRegularFile(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr")
        : List.of();
  }

  /** Gives the child the time to clean up, and removes what it leaves all the same. */
  private static void stop(@Nullable Process child, TemporaryDirectory temporary) {
    try {
      if (child != null) {
        child.destroy();
        if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          child.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!temporary.remove()) {
      System.err.println("fortnight: not all of " + temporary.path() + " could be removed");
    }
  }
}
