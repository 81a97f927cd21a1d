package fortnight.testdata;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Simulate}, as given. */
@Command(
    name = "Simulate",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Simulates the transactions of a pet shop: the same bytes for the same flags.",
    footer = {
      "",
      "A year of 1.5 million transactions, and what is in it:",
      "  Simulate --output=year.jsonl --catalog=catalog.jsonl",
      "A week in ten seconds, from now on, into Kafka:",
      "  Simulate --live --speedup=60480 --output=kafka://localhost:9092/transactions",
      "",
      "Exit status: 0 done, 1 the run failed, 2 wrong flags."
    })
final class SimulateFlags {
  @Option(
      names = "--output",
      paramLabel = "WHERE",
      required = true,
      description =
          "FILE, compressed if it ends in .gz or .zst; - for standard output;"
              + " or kafka://HOST:PORT[,HOST:PORT...]/TOPIC")
  String output;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      description =
          "so many, by choosing the customers: within 5 %%, from 20000 a year on;"
              + " default: 1500000")
  Long transactions;

  @Option(
      names = "--customers",
      description = "so many customers instead; 20 purchases a year each")
  Long customers;

  @Option(
      names = "--start",
      paramLabel = "DAY",
      description = "first day; default: ${DEFAULT-VALUE}")
  LocalDateTime start = LocalDateTime.of(2022, 1, 1, 0, 0);

  @Option(
      names = "--end",
      paramLabel = "DAY",
      description = "the day after the last; default: ${DEFAULT-VALUE}")
  LocalDateTime end = LocalDateTime.of(2023, 1, 1, 0, 0);

  @Option(
      names = "--seed",
      description = "another seed, other transactions; default: ${DEFAULT-VALUE}")
  long seed = 42;

  @Option(
      names = "--products",
      paramLabel = "N",
      description = "how many the shop sells; default: ${DEFAULT-VALUE}")
  int products = 100;

  @Option(
      names = "--skew",
      paramLabel = "FACTOR",
      description =
          "the first customer buys FACTOR times as often as most, the second FACTOR / 2"
              + " times, and so on; default: 1")
  double skew = 1;

  @Option(
      names = "--idle",
      paramLabel = "FROM/UNTIL",
      description = "in this time nothing is sold and nothing arrives")
  String idle;

  @Option(
      names = "--outOfOrder",
      paramLabel = "DURATION",
      description = "every record arrives up to so much after its event time, as 10m, 1h, 1d, PT1H")
  Duration outOfOrder = Duration.ZERO;

  @Option(
      names = "--late",
      paramLabel = "FRACTION:DURATION",
      description = "so many records are held up for so long, as 0.01:3d")
  String late;

  @Option(names = "--duplicates", paramLabel = "FRACTION", description = "so many arrive twice")
  double duplicates;

  @Option(
      names = "--malformed",
      paramLabel = "FRACTION",
      description = "so many are followed by a broken copy, in every way that is rejected")
  double malformed;

  @Option(names = "--catalog", paramLabel = "FILE", description = "write what the shop sells")
  String catalog;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "write what was done to which record, and the figures that must come out")
  String truth;

  @Option(
      names = "--speedup",
      paramLabel = "FACTOR",
      description =
          "pace records by their event time, FACTOR times as fast as the clock, or max;"
              + " default: max, with --live 1")
  String speedup;

  @Option(
      names = "--live",
      description = "timestamps begin now (UTC), whatever --start says; months stay simulated")
  boolean live;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "of the topic, if it has to be made; default: ${DEFAULT-VALUE}")
  int partitions = 4;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "properties of Kafka clients, for TLS and SASL")
  Path kafkaConfig;

  @Option(names = "--threads", paramLabel = "N", description = "default: as many as cores")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--help", usageHelp = true, description = "show this")
  boolean help;
}
