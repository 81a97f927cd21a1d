package fortnight.benchmarks.checks;

import fortnight.benchmarks.measure.Jars;
import fortnight.benchmarks.measure.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A year of simulated transactions.
 *
 * @param file the transactions
 * @param truth the results to expect, as rows
 */
public record SimulatedYear(Path file, Path truth) {
  /** The default number of products. */
  public static final int PRODUCTS = 100;

  /** Simulates about so many transactions, unless the directory contains them. */
  public static SimulatedYear inDirectory(Jars jars, int about, int products, Path directory)
      throws IOException, InterruptedException {
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

  /** Writes about so many transactions to a topic, {@code HOST:PORT/TOPIC}. */
  public static void send(Jars jars, int about, Path directory, String topic)
      throws IOException, InterruptedException {
    simulate(jars, about, directory, "--output=kafka://" + topic, "--partitions=4");
  }

  private static void simulate(Jars jars, int about, Path directory, String... flags)
      throws IOException, InterruptedException {
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
