package fortnight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A year of a simulated shop.
 *
 * @param file the transactions
 * @param truth what must come out of them, as rows
 */
record SimulatedYear(Path file, Path truth) {
  /** How many a shop has that says nothing of it. */
  static final int PRODUCTS = 100;

  /** Simulates about so many transactions, if the directory has not got them. */
  static SimulatedYear make(Jars jars, int about, int products, Path directory)
      throws IOException, InterruptedException, CannotRun {
    String name = about + (products == PRODUCTS ? "" : "-of-%d".formatted(products)) + ".jsonl";
    SimulatedYear year =
        new SimulatedYear(
            directory.resolve("transactions-" + name), directory.resolve("truth-" + name));
    if (!Files.exists(year.file) || !Files.exists(year.truth)) {
      simulate(
          jars,
          about,
          directory,
          "--products=" + products,
          "--output=" + year.file,
          "--truth=" + year.truth);
    }
    return year;
  }

  /** Sends the transactions of about so many to a topic, which is {@code HOST:PORT/TOPIC}. */
  static void send(Jars jars, int about, Path directory, String topic)
      throws IOException, InterruptedException, CannotRun {
    simulate(jars, about, directory, "--output=kafka://" + topic, "--partitions=4");
  }

  private static void simulate(Jars jars, int about, Path directory, String... flags)
      throws IOException, InterruptedException, CannotRun {
    List<String> command =
        Jars.java("-cp", jars.fortnight().toString(), "fortnight.testdata.Simulate");
    command.add("--transactions=" + about);
    command.addAll(List.of(flags));
    Path log = directory.resolve("simulate.log");
    try (MeasuredProcess simulator = MeasuredProcess.start(command, log)) {
      simulator.await(Integer.MAX_VALUE);
    }
  }
}
