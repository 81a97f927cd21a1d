package fortnight.report;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Live}, as given. */
@Command(
    name = "Live",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "A page that shows the results of a stream as they arrive, and how it stands.",
    footer = {
      "",
      "Of a pipeline with --output=kafka://localhost:9092/shop.",
      "  Live --input=kafka://localhost:9092/shop. --transactions=transactions",
      "",
      "Exit status: 1 it failed, 2 wrong flags, 143 or 130 it was stopped."
    })
final class LiveFlags {
  @Option(
      names = "--input",
      paramLabel = "TOPICS",
      required = true,
      description = "kafka://HOST:PORT[,HOST:PORT...]/PREFIX, as the pipeline's --output")
  String input;

  @Option(
      names = "--transactions",
      paramLabel = "TOPIC",
      description = "the pipeline's input topic, to say how far its rows are behind; default: none")
  String transactions;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where the page is, 0 for a free port; default: ${DEFAULT-VALUE}")
  int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "the address that is listened to, 0.0.0.0 for all; default: ${DEFAULT-VALUE}. There is"
              + " no login: whoever reaches it may read")
  String host = "127.0.0.1";

  @Option(
      names = "--timeZone",
      paramLabel = "ZONE",
      description = "the shop's wall, as the pipeline's --timeZone; default: ${DEFAULT-VALUE}")
  String timeZone = "UTC";

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "what items are called: {\"item_id\", \"name\"} a line; default: none")
  Path catalog;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "properties with the settings of Kafka clients (SASL, TLS, ...); default: none")
  Path kafkaConfig;

  @Option(names = "--help", usageHelp = true, description = "show this")
  boolean help;
}
