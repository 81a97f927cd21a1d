package fortnight.report;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** A page that shows the results of a stream as they arrive, as a command, until it is stopped. */
public final class Live {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private Live() {}

  /** Runs until a signal ends the process; exits by itself with 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream output, PrintStream errors, String... args) {
    LiveFlagReading reading = LiveFlagReading.read(args);
    if (reading.asksForHelp()) {
      CommandLine.usage(new LiveFlags(), output);
      return 0;
    }
    if (!reading.problems().isEmpty()) {
      reading.problems().forEach(errors::println);
      errors.println("Nothing was started. --help shows all flags.");
      return WRONG_FLAGS;
    }
    try (LivePage page = LivePage.start(reading.request())) {
      output.println("Live page at " + page.address());
      new CountDownLatch(1).await();
      return 0;
    } catch (LiveFailed e) {
      errors.println("fortnight: " + e.getMessage());
      return FAILED;
    } catch (RuntimeException e) {
      errors.println("fortnight: " + LiveFailed.unforeseen(e).getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}
