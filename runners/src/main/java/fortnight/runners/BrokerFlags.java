package fortnight.runners;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Broker}, as given. */
@Command(
    name = "Broker",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "A Kafka broker for a laptop: one node, on localhost alone, until it is stopped.",
    footer = {
      "",
      "Topics that outlive it:",
      "  Broker --data=kafka",
      "Clients that must say who they are, by a FILE with",
      "  security.inter.broker.protocol=SASL_PLAINTEXT",
      "  sasl.mechanism.inter.broker.protocol=PLAIN",
      "  sasl.enabled.mechanisms=PLAIN",
      "  listener.name.sasl_plaintext.plain.sasl.jaas.config=...",
      "",
      "Exit status: 1 it could not start, 2 wrong flags, 143 or 130 it was stopped."
    })
final class BrokerFlags {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where clients find it, 0 for a free port; default: ${DEFAULT-VALUE}")
  int port = BrokerSettings.DEFAULT_PORT;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where topics are kept; default: a directory that is deleted at the end")
  Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "properties of a Kafka broker, stronger than the ones it has")
  Path config;

  @Option(names = "--help", usageHelp = true, description = "show this")
  boolean help;
}
