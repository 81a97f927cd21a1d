package fortnight.testdata;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Says once a second how far a run is; on a terminal only. */
final class Progress {
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final PrintStream terminal;
  private final long begin = System.nanoTime();
  private long said = begin;
  private long records;

  private Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  static Progress on(PrintStream messages) {
    return new Progress(Ansi.AUTO.enabled() ? messages : null);
  }

  void count(Delivery delivery) {
    if (terminal != null && (++records & 0xFF) == 0 && System.nanoTime() - said > INTERVAL_NANOS) {
      say("\r%s  %,d records", Micros.toLocal(delivery.arrival()).toLocalDate(), records);
      said = System.nanoTime();
    }
  }

  void end() {
    if (terminal != null) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      say("\r%,d records in %.1f seconds%n", records, seconds);
    }
  }

  private void say(String format, Object... values) {
    terminal.print(String.format(Locale.ROOT, format, values));
    terminal.flush();
  }
}
