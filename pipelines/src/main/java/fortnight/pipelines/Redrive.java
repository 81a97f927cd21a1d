package fortnight.pipelines;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.redrive.RedriveFlagReading;
import fortnight.pipelines.redrive.RedriveFlags;
import fortnight.pipelines.redrive.RedriveRequest;
import fortnight.pipelines.redrive.RedriveRun;
import fortnight.pipelines.redrive.RedriveTable;
import java.io.PrintStream;
import picocli.CommandLine;

/**
 * Sends dead letters back into the input topic, as a command: each at most once, and none that
 * failed again unless that is asked for.
 */
public final class Redrive {
  private static final String LOG_OF_CONNECTIONS =
      "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient";

  private static final int DONE = 0;

  private Redrive() {}

  /** Sends as the flags say, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    // It logs each failed connection, which Preflight reports in one sentence.
    if (System.getProperty(LOG_OF_CONNECTIONS) == null) {
      System.setProperty(LOG_OF_CONNECTIONS, "off");
    }
    System.exit(run(System.out, System.err, args));
  }

  /** The same without the exit; returns the exit status. */
  public static int run(PrintStream output, PrintStream errors, String... args) {
    RedriveFlags flags = new RedriveFlags();
    try {
      RedriveRequest request = RedriveFlagReading.read(flags, args);
      if (flags.help) {
        CommandLine.usage(flags, output);
        return DONE;
      }
      output.print(RedriveTable.of(request, RedriveRun.of(request)));
      return DONE;
    } catch (CommandException e) {
      return fortnight.common.cli.CliCommand.report(e, errors);
    }
  }
}
