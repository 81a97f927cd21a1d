package fortnight.testdata.output;

import fortnight.testdata.delivery.Delivery;
import fortnight.testdata.model.Micros;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Prints the progress of a run once a second, if standard output is a terminal. */
public final class Progress {
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final PrintStream terminal;
  private final long begin = System.nanoTime();
  private long printed = begin;
  private long records;

  private Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  public static Progress on(PrintStream messages) {
    return new Progress(Ansi.AUTO.enabled() ? messages : null);
  }

  public void count(Delivery delivery) {
    if (terminal != null
        && (++records & 0xFF) == 0
        && System.nanoTime() - printed > INTERVAL_NANOS) {
      print("\r%s  %,d records", Micros.toLocal(delivery.arrival()).toLocalDate(), records);
      printed = System.nanoTime();
    }
  }

  public void finish() {
    if (terminal != null) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      print("\r%,d records in %.1f seconds%n", records, seconds);
    }
  }

  private void print(String format, Object... values) {
    terminal.print(String.format(Locale.ROOT, format, values));
    terminal.flush();
  }
}
