package fortnight.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The command: {@code java -jar benchmarks/target/benchmarks.jar}. */
public final class Benchmarks {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private final BenchmarkFlags flags;
  private final Jars jars;
  private final Path work;
  private final Plan plan;
  private final List<String> text = new ArrayList<>();

  private Benchmarks(BenchmarkFlags flags, Jars jars) {
    this.flags = flags;
    this.jars = jars;
    work = flags.work.toAbsolutePath();
    plan = new Plan(flags.only, flags.noLimits);
  }

  public static void main(String[] args) throws Exception {
    System.exit(run(args));
  }

  /** The exit status. */
  static int run(String... args) throws Exception {
    BenchmarkFlags flags = new BenchmarkFlags();
    List<String> problems = FlagChecks.problems(flags, args);
    if (flags.help) {
      CommandLine.usage(flags, System.out);
      return 0;
    }
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      return WRONG_FLAGS;
    }
    try {
      Machine.check();
      new Benchmarks(flags, Jars.find()).run();
      return 0;
    } catch (CannotRun e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }

  private void run() throws Exception {
    Files.createDirectories(work);
    text.add(Machine.describe() + "\n\nMedian of the runs, in brackets least and most.\n");
    Contenders contenders = new Contenders(jars);
    List<Contender> ofFiles = plan.chosen(contenders.ofFiles(), "files");
    List<Contender> ofTopics = plan.chosen(contenders.ofTopics(), "kafka");
    for (int about : flags.transactions) {
      Shop shop = Shop.simulate(jars, about, work);
      if (!ofFiles.isEmpty()) {
        compare("a file", false, ofFiles, about, shop, new FileTrials(shop, work, flags.patience));
      }
      if (!ofTopics.isEmpty()) {
        compareOnTopic(ofTopics, about, shop);
      }
    }
    tell();
  }

  private void compareOnTopic(List<Contender> contenders, int about, Shop shop) throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(jars, work)) {
      String topic = broker.address() + "/transactions-" + about;
      Shop.send(jars, about, work, topic);
      TopicTrials trials = new TopicTrials(shop, topic, work, flags.patience);
      compare("a topic of four partitions", true, contenders, about, shop, trials);
    }
  }

  private void compare(
      String what, boolean isStream, List<Contender> all, int about, Shop shop, Trials trials)
      throws Exception {
    String title =
        String.format(Locale.ROOT, "%,d transactions from %s", shop.transactions(), what);
    Section section = new Comparison(plan, flags.runs).run(title, isStream, all, about, trials);
    Answers answers = isStream ? shop.closed() : shop.answers();
    section.note(
        String.format(
            Locale.ROOT,
            "All runs gave the same answers, those of the simulator: %,d rows, checksum %s.",
            answers.size(),
            answers.checksum()));
    text.add(section.markdown());
    System.out.println(section.markdown());
  }

  private void tell() throws Exception {
    if (flags.output != null) {
      Files.writeString(flags.output, String.join("\n", text));
    }
  }
}
