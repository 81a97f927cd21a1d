package fortnight.runners;

import fortnight.common.cli.FlagErrors;
import fortnight.common.process.StopSignal;
import fortnight.runners.broker.BrokerConfig;
import fortnight.runners.broker.LocalBroker;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code broker}: runs a Kafka broker until a signal stops it. */
@Command(
    name = "broker",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Runs a Kafka broker of one node, which listens on localhost, until stopped.",
    footer = {
      "",
      "Keep the topics when the broker stops:",
      "  broker --data=kafka",
      "Require clients to log in, with these properties in the file of --config:",
      "  security.inter.broker.protocol=SASL_PLAINTEXT",
      "  sasl.mechanism.inter.broker.protocol=PLAIN",
      "  sasl.enabled.mechanisms=PLAIN",
      "  listener.name.sasl_plaintext.plain.sasl.jaas.config=...",
      "",
      "Exit status: 1 the broker failed, 2 wrong flags, 143 or 130 stopped by a signal."
    })
public final class Broker extends ServerCommand {
  private static final Set<String> DIRECTORIES = Set.of("log.dir", "log.dirs", "metadata.log.dir");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port for clients, 0 for a free one; default: ${DEFAULT-VALUE}")
  private int port = BrokerConfig.DEFAULT_PORT;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory of the topics; default: a temporary one, deleted when the broker stops")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "properties of a Kafka broker, which take precedence over the defaults")
  private Path config;

  private BrokerConfig broker;

  /** Runs until a signal ends the process; exits with 1 if the broker fails, 2 on wrong flags. */
  public static void main(String[] args) {
    System.exit(new Broker().execute(System.out, System.err, args));
  }

  @Override
  protected void check(FlagErrors errors) {
    errors.checkPort("--port", port);
    errors.checkDirectory("--data", data);
    Map<String, String> properties = readConfig(config, errors);
    errors.check(
        Collections.disjoint(properties.keySet(), DIRECTORIES),
        "--config=%s: sets the directory of the topics; use --data".formatted(config));
    broker = new BrokerConfig(port, Optional.ofNullable(data), properties);
  }

  @Override
  void serve(StopSignal signal, PrintStream output, PrintStream errors)
      throws InterruptedException {
    try (LocalBroker started = LocalBroker.start(broker)) {
      started.reportDiskFailureTo(errors);
      output.println("Broker ready at " + started.address());
      signal.await();
    }
  }

  BrokerConfig config() {
    return broker;
  }
}
