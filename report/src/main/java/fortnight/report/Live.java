package fortnight.report;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.FlagErrors;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.report.live.LiveOptions;
import fortnight.report.live.LivePage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code live}: serves a page that shows the results of a stream as they arrive. */
@Command(
    name = "live",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Serves a page that shows the results of a stream as they arrive.",
    footer = {
      "",
      "For a pipeline with --output=kafka://localhost:9092/shop.",
      "  live --input=kafka://localhost:9092/shop. --transactions=transactions",
      "",
      "Metrics for Prometheus are at /metrics.",
      "",
      "Exit status: 1 failed, 2 wrong flags, 143 or 130 stopped by a signal."
    })
public final class Live extends CliCommand {
  @Option(
      names = "--input",
      paramLabel = "TOPICS",
      description =
          "kafka://HOST:PORT[,HOST:PORT...]/PREFIX, the --output of the pipeline; required")
  private String input;

  @Option(
      names = "--transactions",
      paramLabel = "TOPIC",
      description = "the input topic of the pipeline, to show the lag of its rows; default: none")
  private String transactions;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of the page, 0 for any free port; default: ${DEFAULT-VALUE}")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "address to listen on, 0.0.0.0 for all; default: ${DEFAULT-VALUE}. There is no login:"
              + " everyone who can connect can read the page")
  private String host = "127.0.0.1";

  @Option(
      names = "--timeZone",
      paramLabel = "ZONE",
      description = "time zone of the business, as of the pipeline; default: ${DEFAULT-VALUE}")
  private String timeZone = "UTC";

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "names of items: {\"item_id\", \"name\"} per line; default: none")
  private Path catalog;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "properties of Kafka clients, for TLS and SASL; default: none")
  private Path kafkaConfig;

  private LiveOptions options;

  /** Serves the page until a signal ends the process; exits with 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(new Live().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    Optional<TopicAddress> results = Optional.empty();
    if (input == null) {
      errors.add("--input: required; use kafka://HOST:PORT/PREFIX");
    } else {
      results = errors.convert("--input", input, TopicAddress::parsePrefix, "");
    }
    if (transactions != null) {
      errors.convert(
          "--transactions",
          transactions,
          TopicAddress::parseName,
          "the topic is at the brokers of --input");
    }
    errors.checkPort("--port", port);
    Optional<ZoneId> zone = errors.timeZone("--timeZone", timeZone);
    errors.checkReadable("--catalog", catalog);
    if (kafkaConfig != null) {
      errors.convert("--kafkaConfig", kafkaConfig.toString(), KafkaClients::checkedFile, "");
    }
    if (errors.isEmpty()) {
      options =
          new LiveOptions(
              results.orElseThrow(),
              Optional.ofNullable(transactions),
              zone.orElseThrow(),
              host,
              port,
              Optional.ofNullable(catalog),
              Optional.ofNullable(kafkaConfig));
    }
  }

  @Override
  protected void run(PrintStream output, PrintStream messages) throws InterruptedException {
    try (LivePage page = LivePage.start(options)) {
      output.println("Live page at " + page.address());
      new CountDownLatch(1).await();
    }
  }
}
