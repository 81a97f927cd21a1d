package fortnight.benchmarks;

import fortnight.benchmarks.checks.ExpectedResults;
import fortnight.benchmarks.checks.ResultFigures;
import fortnight.benchmarks.checks.SimulatedYear;
import fortnight.benchmarks.contenders.BrokerProcess;
import fortnight.benchmarks.contenders.ComparisonTable;
import fortnight.benchmarks.contenders.Contender;
import fortnight.benchmarks.contenders.Contenders;
import fortnight.benchmarks.contenders.FileTrials;
import fortnight.benchmarks.contenders.TopicTrials;
import fortnight.benchmarks.contenders.Trials;
import fortnight.benchmarks.measure.Jars;
import fortnight.common.cli.FlagErrors;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "Exit status: 0 done, 1 a run failed or gave other results, 2 wrong flags."
    })
public final class Benchmarks extends BenchmarkCommand {
  private static final int MIN_TRANSACTIONS = 20_000;
  private static final String FILES = "files";
  private static final String KAFKA = "kafka";

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
      description = "contenders by name, or files, or kafka; default: all")
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
    Contenders contenders = new Contenders(null);
    Set<String> names = new TreeSet<>(List.of(FILES, KAFKA));
    contenders.ofFiles().forEach(contender -> names.add(contender.name()));
    contenders.ofTopics().forEach(contender -> names.add(contender.name()));
    checkNames("--only", only, names, errors);
  }

  @Override
  List<String> measure(Jars jars, Path directory, PrintStream tables, PrintStream messages)
      throws Exception {
    List<String> text = new ArrayList<>();
    text.add("Median of the runs, in brackets minimum and maximum.\n");
    Contenders contenders = new Contenders(jars);
    List<Contender> ofFiles = chosen(contenders.ofFiles(), FILES);
    List<Contender> ofTopics = chosen(contenders.ofTopics(), KAFKA);
    for (int about : transactions) {
      ExpectedResults expected =
          ExpectedResults.of(
              SimulatedYear.inDirectory(jars, about, SimulatedYear.PRODUCTS, directory));
      if (!ofFiles.isEmpty()) {
        Trials trials = new FileTrials(expected, directory, patience);
        ComparisonTable table =
            new ComparisonTable(title(expected.transactions(), "a file"), false);
        text.add(fill(table, ofFiles, about, trials, expected.figures(), tables, messages));
      }
      if (!ofTopics.isEmpty()) {
        try (BrokerProcess broker = BrokerProcess.start(jars, directory)) {
          String topic = broker.address() + "/transactions-" + about;
          SimulatedYear.send(jars, about, directory, topic);
          Trials trials = new TopicTrials(expected, topic, directory, patience);
          ComparisonTable table =
              new ComparisonTable(
                  title(expected.transactions(), "a topic of four partitions"), true);
          text.add(
              fill(table, ofTopics, about, trials, expected.ofClosedWeeks(), tables, messages));
        }
      }
    }
    return text;
  }

  private List<Contender> chosen(List<Contender> all, String kind) {
    return all.stream()
        .filter(
            contender -> only.isEmpty() || only.contains(kind) || only.contains(contender.name()))
        .toList();
  }

  private static String title(long transactions, String input) {
    return String.format(Locale.ROOT, "%,d transactions from %s", transactions, input);
  }

  /** Runs the contenders in turn, so that a busy minute of the machine affects all of them. */
  private String fill(
      ComparisonTable table,
      List<Contender> contenders,
      int about,
      Trials trials,
      ResultFigures expected,
      PrintStream tables,
      PrintStream messages)
      throws Exception {
    for (Contender contender : contenders) {
      if (isOverLimit(contender, about)) {
        table.note(
            String.format(
                Locale.ROOT,
                "%s (`%s`) was not run: it is limited to %,d transactions without --noLimits.",
                contender.title(),
                contender.name(),
                contender.limit()));
      }
    }
    for (int run = 1; run <= runs; run++) {
      for (Contender contender : contenders) {
        if (!isOverLimit(contender, about)) {
          messages.printf(
              Locale.ROOT,
              "%d transactions: %s, run %d of %d%n",
              about,
              contender.name(),
              run,
              runs);
          table.add(contender, trials.run(contender));
        }
      }
    }
    table.note(
        String.format(
            Locale.ROOT,
            "All runs gave the same results, those of the simulator: %,d rows, checksum %s.",
            expected.size(),
            expected.checksum()));
    tables.println(table.markdown());
    return table.markdown();
  }

  private boolean isOverLimit(Contender contender, int about) {
    return !noLimits && about > contender.limit();
  }
}
