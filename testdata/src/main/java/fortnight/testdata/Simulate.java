package fortnight.testdata;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
    try {
      return tryToRun(messages, args);
    } catch (IOException e) {
      messages.println(Sentences.of(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      messages.println(Sentences.ofTheUnexpected(e));
    }
    return FAILED;
  }

  private static int tryToRun(PrintStream messages, String... args) throws IOException {
    SimulateFlags flags = new SimulateFlags();
    Problems problems = new Problems();
    FlagReading.read(flags, problems, args);
    if (flags.help) {
      CommandLine.usage(flags, System.out);
      return 0;
    }
    Optional<Settings> settings = FlagCheck.check(flags, problems);
    if (settings.isEmpty()) {
      problems.sentences().forEach(messages::println);
      messages.println("Nothing was written. --help shows all flags.");
      return WRONG_FLAGS;
    }
    simulate(settings.get(), flags, Progress.on(messages));
    return 0;
  }

  /** Nothing has its final name before everything is finished. */
  private static void simulate(Settings settings, SimulateFlags flags, Progress progress)
      throws IOException {
    try (Destination output = destination(flags);
        SideFile truth = new SideFile(flags.truth);
        SideFile catalog = new SideFile(flags.catalog)) {
      if (flags.catalog != null) {
        CatalogFile.write(settings.world().catalog(), catalog.bytes());
      }
      ShopClock clock = ShopClock.of(settings);
      Pace pace = new Pace(settings.live() ? 1 : settings.speedup(), clock.begin());
      new Simulation(settings, clock)
          .run(
              new Truth(truth.bytes(), flags.products),
              (delivery, buffer, length) -> {
                pace.await(delivery, output);
                output.receive(delivery, buffer, length);
                progress.count(delivery);
              });
      output.finish();
      truth.finish();
      catalog.finish();
      output.complete();
      truth.complete();
      catalog.complete();
    }
    progress.end();
  }

  private static Destination destination(SimulateFlags flags) throws IOException {
    if (flags.output.equals("-")) {
      return LinesDestination.standardOutput();
    }
    Optional<KafkaTopic> topic = KafkaTopic.parse(flags.output);
    return topic.isPresent()
        ? new KafkaDestination(
            new KafkaConfig(topic.get().brokers(), flags.kafkaConfig),
            topic.get().topic(),
            flags.partitions)
        : LinesDestination.file(Path.of(flags.output));
  }
}
