package fortnight.report;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.FlagErrors;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.JdbcConfig;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.report.live.LiveInput;
import fortnight.report.live.LiveOptions;
import fortnight.report.live.LivePage;
import fortnight.report.live.ResultTopics;
import fortnight.report.live.TableInput;
import fortnight.report.live.TopicInput;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code live}: serves a page that shows results in topics or tables as they change.
 */
@Command(
    name = "live",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Serves a page that shows the results in topics or tables as they change.",
    footer = {
      "",
      "For a pipeline with --output=kafka://localhost:9092/shop.",
      "  live --input=kafka://localhost:9092/shop. --transactions=transactions",
      "",
      "For a pipeline with --output=postgresql://localhost:5432/shop",
      "  live --input=postgresql://localhost:5432/shop --jdbcConfig=jdbc.properties",
      "",
      "Metrics for Prometheus are at /metrics.",
      "",
      "Exit status: 1 failed, 2 wrong flags, 143 or 130 stopped by a signal."
    })
public final class Live extends CliCommand {
  @Option(
      names = "--input",
      paramLabel = "ADDRESS",
      description =
          "the --output of the pipeline, kafka://HOST:PORT[,HOST:PORT...]/PREFIX or"
              + " postgresql://HOST:PORT/DATABASE[?schema=NAME]; required")
  private String input;

  @Option(
      names = "--transactions",
      paramLabel = "TOPIC",
      description =
          "the input topic of the pipeline, to show the lag of its rows: a topic at the brokers of"
              + " --input or, with tables, kafka://HOST:PORT[,HOST:PORT...]/TOPIC; default: none. Its"
              + " event times are read if its records have a field timestamp")
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

  @Option(
      names = "--jdbcConfig",
      paramLabel = "FILE",
      description = "user, password and other properties of the PostgreSQL driver; default: none")
  private Path jdbcConfig;

  private LiveOptions options;

  /** Serves the page until a signal ends the process; exits with 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(new Live().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    boolean isDatabase = input != null && DatabaseAddress.isDatabase(input);
    Optional<? extends LiveInput> results = isDatabase ? tables(errors) : topics(errors);
    errors.checkPort("--port", port);
    Optional<ZoneId> zone = errors.timeZone("--timeZone", timeZone);
    errors.checkReadable("--catalog", catalog);
    if (kafkaConfig != null && isDatabase && transactions == null) {
      errors.add("--kafkaConfig: only for topics; set --transactions, or omit it");
    } else if (kafkaConfig != null) {
      errors.convert("--kafkaConfig", kafkaConfig.toString(), KafkaClients::checkedFile, "");
    }
    if (jdbcConfig != null && input != null && !isDatabase) {
      errors.add("--jdbcConfig: only for --input=postgresql://…; omit it");
    } else if (jdbcConfig != null) {
      errors.convert("--jdbcConfig", jdbcConfig.toString(), JdbcConfig::checkedFile, "");
    }
    if (errors.isEmpty()) {
      options =
          new LiveOptions(
              results.orElseThrow(),
              Clock.system(zone.orElseThrow()),
              host,
              port,
              Optional.ofNullable(catalog));
    }
  }

  private Optional<TopicInput> topics(FlagErrors errors) {
    if (transactions != null) {
      errors.convert(
          "--transactions",
          transactions,
          TopicAddress::parseName,
          "the topic is at the brokers of --input");
    }
    if (input == null) {
      errors.add(
          "--input: required; use kafka://HOST:PORT/PREFIX or postgresql://HOST:PORT/DATABASE");
      return Optional.empty();
    }
    return errors
        .convert("--input", input, TopicAddress::parsePrefix, "")
        .map(prefix -> new ResultTopics(prefix, Optional.ofNullable(transactions)))
        .map(topics -> new TopicInput(topics, kafkaClients()));
  }

  private Optional<TableInput> tables(FlagErrors errors) {
    Optional<TopicAddress> topic =
        Optional.ofNullable(transactions)
            .flatMap(text -> errors.convert("--transactions", text, TopicAddress::parse, ""));
    JdbcConfig config = new JdbcConfig(jdbcConfig == null ? null : jdbcConfig.toString());
    return errors
        .convertSecret("--input", input, DatabaseAddress::parse)
        .map(address -> new TableInput(new Database(address, config), topic, kafkaClients()));
  }

  private KafkaClients kafkaClients() {
    return new KafkaClients(kafkaConfig == null ? null : kafkaConfig.toString());
  }

  @Override
  protected void run(PrintStream output, PrintStream messages) throws InterruptedException {
    try (LivePage page = LivePage.start(options)) {
      output.println("Live page at " + page.address());
      new CountDownLatch(1).await();
    }
  }
}
