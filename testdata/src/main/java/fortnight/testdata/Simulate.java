package fortnight.testdata;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import fortnight.common.cli.FlagErrors;
import fortnight.testdata.delivery.GroundTruth;
import fortnight.testdata.delivery.ShopClock;
import fortnight.testdata.delivery.Simulation;
import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Span;
import fortnight.testdata.model.World;
import fortnight.testdata.output.AtomicFile;
import fortnight.testdata.output.Destination;
import fortnight.testdata.output.Pace;
import fortnight.testdata.output.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** The command {@code simulate}: writes the transactions of a pet shop, and what is in them. */
@Command(
    name = "simulate",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Simulates the transactions of a pet shop: the same bytes for the same flags.",
    footer = {
      "",
      "A year of 1.5 million transactions, and the catalog of its products:",
      "  simulate --output=year.jsonl --catalog=catalog.jsonl",
      "A year in about nine minutes, from the current time on, into Kafka:",
      "  simulate --live --speedup=60480 --output=kafka://localhost:9092/transactions",
      "",
      "Exit status: 0 done, 1 the run failed, 2 wrong flags."
    })
public final class Simulate extends CliCommand {
  private static final long BYTES_PER_HOUSEHOLD = 320;
  private static final long BYTES_PER_MEGABYTE = 1 << 20;
  private static final double USABLE_HEAP = 0.7;

  @ArgGroup(validate = false, exclusive = false, heading = "%nOutput:%n")
  private final OutputOptions output = new OutputOptions();

  @ArgGroup(validate = false, exclusive = false, heading = "%nPurchases:%n")
  private final WorldOptions world = new WorldOptions();

  @ArgGroup(validate = false, exclusive = false, heading = "%nFaults of delivery:%n")
  private final FaultOptions faults = new FaultOptions();

  @ArgGroup(validate = false, exclusive = false, heading = "%nReplay:%n")
  private final PaceOptions pace = new PaceOptions();

  private Simulation.Settings settings;

  /** Simulates according to the flags, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(new Simulate().execute(System.out, System.err, args));
  }

  @Override
  protected void registerConverters(CommandLine line) {
    super.registerConverters(line);
    line.registerConverter(
        LocalDateTime.class, converter(Micros::parseLocal, "use 2022-01-01 or 2022-01-01T12:00"));
  }

  @Override
  protected void check(FlagErrors errors) {
    output.check(pace.isPaced(), errors);
    RecordShape format = output.format(errors);
    double speedup = pace.speedup(errors);
    Simulation.Faults checkedFaults = faults.faults(errors);
    errors.check(
        format.header().length == 0 || checkedFaults.malformed() == 0,
        "--malformed: breaks records in JSON, and --format=" + format.name() + " is CSV");
    world.check(errors);
    Optional<Span> span = world.span(errors);
    if (span.isPresent()) { // the number of households depends on it
      Span idle = world.idle(span.get(), errors);
      World checkedWorld = world.world(span.get(), idle, errors);
      settings =
          new Simulation.Settings(
              checkedWorld, format, checkedFaults, idle, speedup, pace.live, world.threads);
    }
  }

  @Override
  protected void run(PrintStream standardOutput, PrintStream messages) {
    warnOfMemory(messages);
    try {
      simulate(Progress.on(messages));
    } catch (IOException e) {
      throw CommandException.failed(message(e), e);
    }
  }

  private static String message(IOException e) {
    String message = ErrorMessages.of(e);
    if (message.contains("Broken pipe")) {
      return "the reader closed the output (broken pipe); the output is incomplete";
    }
    if (message.contains("No space left on device") || message.contains("quota exceeded")) {
      return "no space left on the device; the output is incomplete";
    }
    return message;
  }

  private void warnOfMemory(PrintStream messages) {
    double needed = settings.world().households() * BYTES_PER_HOUSEHOLD / USABLE_HEAP;
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap) {
      messages.printf(
          "fortnight: %d households may need more memory than the %d MB of this JVM; use java"
              + " -Xmx%dm%n",
          settings.world().households(),
          heap / BYTES_PER_MEGABYTE,
          (long) needed / BYTES_PER_MEGABYTE + 1);
    }
  }

  /** No file gets its name before all of them are finished. */
  private void simulate(Progress progress) throws IOException {
    try (Destination destination = output.openDestination(settings.format());
        AtomicFile truth = output.openTruth();
        AtomicFile catalog = output.openCatalog()) {
      if (output.hasCatalog()) {
        settings.world().catalog().writeTo(catalog.bytes());
      }
      ShopClock clock = ShopClock.of(settings);
      Pace delay = new Pace(settings.live() ? 1 : settings.speedup(), clock.begin());
      new Simulation(settings, clock)
          .run(
              new GroundTruth(truth.bytes(), settings.world().catalog()),
              (delivery, buffer, length) -> {
                delay.await(delivery, destination);
                destination.receive(delivery, buffer, length);
                progress.count(delivery);
              });
      destination.finish();
      truth.finish();
      catalog.finish();
      destination.complete();
      truth.complete();
      catalog.complete();
    }
    progress.finish();
  }
}
