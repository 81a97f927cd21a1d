package fortnight.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** BigPetStore as a command: a year of a pet shop's transactions, and their truth. */
public final class Simulate {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private Simulate() {}

  /** Simulates as the flags say, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(run(System.err, args));
  }

  /**
   * The same without the exit; returns the exit status and writes what to mend to {@code messages}.
   */
  public static int run(PrintStream messages, String... args) {
    SimulateFlags flags = new SimulateFlags();
    List<String> problems = FlagReading.read(flags, args);
    if (flags.help) {
      CommandLine.usage(flags, System.out);
      return 0;
    }
    Settings settings = FlagCheck.check(flags, problems);
    if (!problems.isEmpty()) {
      problems.forEach(messages::println);
      messages.println("Nothing was written. --help shows all flags.");
      return WRONG_FLAGS;
    }
    try {
      simulate(settings, flags, messages);
      return 0;
    } catch (IOException e) {
      messages.println(Sentences.of(e));
      return FAILED;
    }
  }

  private static void simulate(Settings settings, SimulateFlags flags, PrintStream messages)
      throws IOException {
    if (flags.catalog != null) {
      CatalogFile.write(settings.world().catalog(), flags.catalog);
    }
    try (Destination output = destination(flags);
        NewFile truthFile = flags.truth == null ? null : new NewFile(flags.truth)) {
      ShopClock clock = ShopClock.of(settings);
      Pace pace = new Pace(settings.live() ? 1 : settings.speedup(), clock.begin());
      Progress progress = Progress.on(messages);
      OutputStream truthBytes =
          truthFile == null ? OutputStream.nullOutputStream() : truthFile.bytes();
      new Simulation(settings, clock)
          .run(
              new Truth(truthBytes, flags.products),
              (delivery, buffer, length) -> {
                pace.await(delivery, output);
                output.receive(delivery, buffer, length);
                progress.count(delivery);
              });
      output.complete();
      if (truthFile != null) {
        truthFile.complete();
      }
      progress.end();
    }
  }

  private static Destination destination(SimulateFlags flags) throws IOException {
    if (flags.output.equals("-")) {
      return LinesDestination.standardOutput();
    }
    Optional<KafkaTopic> topic = KafkaTopic.parse(flags.output);
    return topic.isPresent()
        ? new KafkaDestination(topic.get(), flags.partitions)
        : LinesDestination.file(Path.of(flags.output));
  }
}
