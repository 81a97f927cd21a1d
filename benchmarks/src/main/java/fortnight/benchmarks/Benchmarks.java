package fortnight.benchmarks;

import fortnight.benchmarks.checks.ExpectedResults;
import fortnight.benchmarks.checks.SimulatedYear;
import fortnight.benchmarks.contenders.BrokerProcess;
import fortnight.benchmarks.contenders.Comparison;
import fortnight.benchmarks.contenders.ComparisonTable;
import fortnight.benchmarks.contenders.Contender;
import fortnight.benchmarks.contenders.FileContenders;
import fortnight.benchmarks.contenders.FileTrials;
import fortnight.benchmarks.contenders.TopicContenders;
import fortnight.benchmarks.contenders.TopicTrials;
import fortnight.benchmarks.measure.Jars;
import fortnight.common.cli.FlagErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code java -jar benchmarks/target/benchmarks.jar}: compares the contenders. */
@Command(
    name = "Benchmarks",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Runs Fortnight and its peers in turn over the same transactions.",
    footer = {
      "",
      "A first look, in a few minutes:",
      "  java -jar benchmarks/target/benchmarks.jar --transactions=150000 --runs=1",
      "",
      "ClickHouse is run if the command clickhouse is on the PATH, and Spark SQL after",
      "  mvn -q -DskipTests -Pspark-sql package",
      "",
      "Exit status: 0 done, 1 a run failed or gave other results, 2 wrong flags."
    })
public final class Benchmarks extends BenchmarkCommand {
  private static final int MIN_TRANSACTIONS = 20_000;
  private static final int FIRST = 1_000;
  private static final String START_UP = "start-up";
  private static final String FILES = "files";
  private static final String KAFKA = "kafka";
  private static final String SIMULATOR = "simulator";

  @Option(
      names = "--transactions",
      split = ",",
      paramLabel = "N",
      description = "about so many, one table for each; default: ${DEFAULT-VALUE}")
  private List<Integer> transactions = List.of(150_000, 1_500_000, 15_000_000);

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "runs of each contender; default: ${DEFAULT-VALUE}")
  private int runs = 3;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "contenders by name, or start-up (the first 1,000 transactions of the smallest file),"
              + " or files, or kafka; default: all")
  private List<String> only = List.of();

  @Option(
      names = "--noLimits",
      description = "run all contenders, which may take hours at the larger sizes")
  private boolean noLimits;

  /** Runs the benchmarks, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(new Benchmarks().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    checkAtLeastOne("--runs", runs, errors);
    errors.check(
        transactions.stream().allMatch(count -> count >= MIN_TRANSACTIONS),
        "--transactions: at least " + MIN_TRANSACTIONS + " each, to have enough households");
    Set<String> names = new TreeSet<>(List.of(START_UP, FILES, KAFKA));
    new FileContenders(Jars.places()).all().forEach(contender -> names.add(contender.name()));
    new TopicContenders(Jars.places()).all().forEach(contender -> names.add(contender.name()));
    checkNames("--only", only, names, errors);
  }

  @Override
  List<String> measure(Jars jars, Path directory, PrintStream tables, PrintStream messages)
      throws Exception {
    List<String> text = new ArrayList<>();
    text.add("Median of the runs, in brackets minimum and maximum.\n");
    Comparison comparison = new Comparison(runs, !noLimits, tables, messages);
    FileContenders fileContenders = new FileContenders(jars);
    List<Contender> starting = chosen(fileContenders.ofStartUp(), START_UP);
    List<Contender> ofFiles = chosen(fileContenders.all(), FILES);
    List<Contender> ofTopics = chosen(new TopicContenders(jars).all(), KAFKA);
    if (!starting.isEmpty()) {
      SimulatedYear year = year(Collections.min(transactions), jars, directory);
      text.add(startUp(starting, comparison, year, directory));
    }
    for (int about : transactions) {
      if (!ofFiles.isEmpty()) {
        text.add(files(ofFiles, comparison, about, jars, directory));
      }
      if (!ofTopics.isEmpty()) {
        text.add(topics(ofTopics, comparison, about, jars, directory));
      }
    }
    return text;
  }

  private String startUp(
      List<Contender> contenders, Comparison comparison, SimulatedYear year, Path directory)
      throws Exception {
    ExpectedResults expected = ExpectedResults.ofFirst(FIRST, year);
    return comparison.run(
        new ComparisonTable(title(expected, "a file: start-up"), false),
        contenders,
        FIRST,
        new FileTrials(expected, directory, patience),
        expected.figures(),
        "loop");
  }

  private String files(
      List<Contender> contenders, Comparison comparison, int about, Jars jars, Path directory)
      throws Exception {
    ExpectedResults expected = ExpectedResults.of(year(about, jars, directory));
    return comparison.run(
        new ComparisonTable(title(expected, "a file"), false),
        contenders,
        about,
        new FileTrials(expected, directory, patience),
        expected.figures(),
        SIMULATOR);
  }

  private String topics(
      List<Contender> contenders, Comparison comparison, int about, Jars jars, Path directory)
      throws Exception {
    ExpectedResults expected = ExpectedResults.of(year(about, jars, directory));
    try (BrokerProcess broker = BrokerProcess.start(jars, directory)) {
      String topic = broker.address() + "/transactions-" + about;
      SimulatedYear.send(jars, about, directory, topic);
      return comparison.run(
          new ComparisonTable(title(expected, "a topic of four partitions"), true),
          contenders,
          about,
          new TopicTrials(expected, topic, directory, patience),
          expected.ofClosedWeeks(),
          SIMULATOR);
    }
  }

  private static SimulatedYear year(int about, Jars jars, Path directory)
      throws IOException, InterruptedException {
    return SimulatedYear.inDirectory(jars, about, SimulatedYear.PRODUCTS, directory);
  }

  private List<Contender> chosen(List<Contender> all, String kind) {
    return all.stream()
        .filter(
            contender -> only.isEmpty() || only.contains(kind) || only.contains(contender.name()))
        .toList();
  }

  private static String title(ExpectedResults expected, String input) {
    return String.format(Locale.ROOT, "%,d transactions from %s", expected.transactions(), input);
  }
}
