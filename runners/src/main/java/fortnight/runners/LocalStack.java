package fortnight.runners;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** A Flink cluster for a laptop, and a broker if asked for, as a command: until it is stopped. */
public final class LocalStack {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;
  private static final int PAUSE_MILLIS = 100;

  /** Ctrl-C in a terminal reaches all processes, and any of them may end first. */
  private static final int BENEFIT_OF_DOUBT_MILLIS = 1_000;

  private final PrintStream output;
  private final PrintStream errors;
  private final StopSignal signal;

  private LocalStack(PrintStream output, PrintStream errors, StopSignal signal) {
    this.output = output;
    this.errors = errors;
    this.signal = signal;
  }

  /** Runs until a signal ends the process; exits by itself with 1 failed, 2 wrong flags. */
  public static void main(String[] args) throws InterruptedException {
    // As long as the broker runs: see LocalBroker.
    Locale.setDefault(Locale.ROOT);
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
    System.exit(run(System.out, System.err, args));
  }

  private static int run(PrintStream output, PrintStream errors, String... args)
      throws InterruptedException {
    StackFlagReading reading = StackFlagReading.read(args);
    if (reading.asksForHelp()) {
      CommandLine.usage(new StackFlags(), output);
      return 0;
    }
    if (!reading.problems().isEmpty()) {
      reading.problems().forEach(errors::println);
      errors.println("Nothing was started. --help shows all flags.");
      return WRONG_FLAGS;
    }
    TemporaryDirectory.removeAbandoned();
    try (StopSignal signal = StopSignal.listen()) {
      return new LocalStack(output, errors, signal).run(reading);
    }
  }

  private int run(StackFlagReading reading) throws InterruptedException {
    // The broker is stopped last: clients that have lost theirs end slowly.
    try (LocalBroker broker = start(reading.broker());
        LocalFlink flink = LocalFlink.launch(reading.flink())) {
      while (!flink.isReady()) {
        if (signal.comesWithin(PAUSE_MILLIS)) {
          return 0;
        }
      }
      describe(flink, reading.flink());
      if (broker != null) {
        broker.reportFailedDisk(errors);
        output.println("Broker ready at " + broker.address());
      }
      tellOfDeaths(flink.processes());
      return 0;
    } catch (StackFailed e) {
      if (!signal.comesWithin(BENEFIT_OF_DOUBT_MILLIS)) {
        errors.println(e.getMessage());
      }
      return FAILED;
    }
  }

  /** None, which needs no closing, if none is asked for. */
  private static LocalBroker start(Optional<BrokerSettings> broker) throws StackFailed {
    return broker.isPresent() ? LocalBroker.start(broker.get()) : null;
  }

  private void describe(LocalFlink flink, FlinkSettings settings) {
    output.printf("%-14s process %d%n", flink.jobManager().name(), flink.jobManager().pid());
    for (FlinkProcess taskManager : flink.taskManagers()) {
      output.printf(
          "%-14s process %d, %d slots%n", taskManager.name(), taskManager.pid(), settings.slots());
    }
    output.println(
        "Checkpoints, savepoints and logs are in "
            + flink.data()
            + (settings.data().isPresent() ? "" : ", which is deleted at the end"));
    output.println("Flink ready at http://" + flink.address());
  }

  /** Until all is to stop; a cluster goes on without one of its TaskManagers. */
  private void tellOfDeaths(List<FlinkProcess> processes) throws InterruptedException {
    List<FlinkProcess> alive = new ArrayList<>(processes);
    while (!signal.comesWithin(PAUSE_MILLIS)) {
      List<FlinkProcess> dead = alive.stream().filter(process -> !process.isAlive()).toList();
      if (!dead.isEmpty() && !signal.comesWithin(BENEFIT_OF_DOUBT_MILLIS)) {
        dead.forEach(process -> errors.println(process.obituary()));
      }
      alive.removeAll(dead);
    }
  }
}
