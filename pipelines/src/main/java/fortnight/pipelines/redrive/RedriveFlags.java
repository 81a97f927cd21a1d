package fortnight.pipelines.redrive;

import fortnight.pipelines.Redrive;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flags of {@link Redrive}, as given. */
@Command(
    name = "Redrive",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Sends dead letters back into the input topic, each at most once.",
    footer = {
      "",
      "What a fixed parser takes now, of this year:",
      "  Redrive --from=kafka://localhost:9092/shop.dead-letters",
      "    --to=kafka://localhost:9092/transactions",
      "    --reason=BAD_TIMESTAMP --since=2023-01-01",
      "",
      "Exit status: 0 done, 1 the run failed, 2 wrong flags."
    })
public final class RedriveFlags {
  @Option(
      names = "--from",
      paramLabel = "WHERE",
      required = true,
      description = "kafka://HOST:PORT[,HOST:PORT...]/DEAD_LETTER_TOPIC, or a dead-letters.jsonl")
  public @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      required = true,
      description = "kafka://HOST:PORT[,HOST:PORT...]/INPUT_TOPIC")
  public @Nullable String to;

  @Option(
      names = "--reason",
      paramLabel = "REASONS",
      description = "only letters with these reasons, separated by commas; default: all")
  public @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "only letters whose message is of this time or later:"
              + " 2023-01-01, or 2023-01-01T12:00 (UTC)")
  public @Nullable String since;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      description = "only letters whose message is older")
  public @Nullable String before;

  @Option(
      names = "--again",
      description = "also letters of records that were sent back before, and failed again")
  public boolean again;

  @Option(names = "--dryRun", description = "send nothing, and say what would be sent")
  public boolean dryRun;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "properties with the settings of Kafka clients (SASL, TLS, ...)")
  public @Nullable String kafkaConfig;

  @Option(names = "--help", usageHelp = true, description = "show this")
  public boolean help;
}
