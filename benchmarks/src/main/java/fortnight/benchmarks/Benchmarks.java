package fortnight.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command: {@code java -jar benchmarks/target/benchmarks.jar}. */
public final class Benchmarks {
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
    BenchmarkFlags flags = new BenchmarkFlags();
    System.exit(Command.run(flags, args, jars -> new Benchmarks(flags, jars).run()));
  }

  private void run() throws Exception {
    Files.createDirectories(work);
    text.add(Machine.describe() + "\n\nMedian of the runs, in brackets least and most.\n");
    Contenders contenders = new Contenders(jars);
    List<Contender> ofFiles = plan.chosen(contenders.ofFiles(), "files");
    List<Contender> ofTopics = plan.chosen(contenders.ofTopics(), "kafka");
    for (int about : flags.transactions) {
      Shop shop = Shop.of(SimulatedYear.make(jars, about, SimulatedYear.PRODUCTS, work));
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
      SimulatedYear.send(jars, about, work, topic);
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
