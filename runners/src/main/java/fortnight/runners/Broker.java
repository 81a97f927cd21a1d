package fortnight.runners;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;

/** A broker for a laptop, as a command: real Kafka, one node, until it is stopped. */
public final class Broker {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private Broker() {}

  /** Runs until a signal ends the process; exits by itself with 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    // For as long as it runs, as for its start: see LocalBroker.
    Locale.setDefault(Locale.ROOT);
    // Warns of its own closing at every start; to clients it has more to say.
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
    System.exit(run(System.out, System.err, args));
  }

  private static int run(PrintStream output, PrintStream errors, String... args) {
    BrokerFlagReading reading = BrokerFlagReading.read(args);
    if (reading.asksForHelp()) {
      CommandLine.usage(new BrokerFlags(), output);
      return 0;
    }
    if (!reading.problems().isEmpty()) {
      reading.problems().forEach(errors::println);
      errors.println("Nothing was started. --help shows all flags.");
      return WRONG_FLAGS;
    }
    TemporaryDirectory.removeAbandoned();
    try (StopSignal signal = StopSignal.listen();
        LocalBroker broker = LocalBroker.start(reading.settings())) {
      broker.reportFailedDisk(errors);
      output.println("Broker ready at " + broker.address());
      signal.await();
      return 0;
    } catch (StackFailed e) {
      errors.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}
