package fortnight.pipelines;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.FlagErrors;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.redrive.RedriveFilter;
import fortnight.pipelines.redrive.Redriver;
import fortnight.transforms.RejectReason;
import fortnight.transforms.parse.EventTimes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code redrive}: sends dead letters back to the input topic. */
@Command(
    name = "redrive",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = "Sends dead letters back to the input topic, each at most once.",
    footer = {
      "",
      "The dead letters of 2023 with a timestamp that the pipeline accepts now:",
      "  redrive --from=kafka://localhost:9092/shop.dead-letters",
      "    --to=kafka://localhost:9092/transactions",
      "    --reason=BAD_TIMESTAMP --since=2023-01-01 --before=2024-01-01",
      "",
      "Exit status: 0 done, 1 the run failed, 2 wrong flags."
    })
public final class Redrive extends CliCommand {
  private static final String FILE_TIMES =
      "not supported for a file, because its dead letters have no timestamp";

  @Option(
      names = "--from",
      paramLabel = "TOPIC|FILE",
      required = true,
      description =
          "the dead letters: kafka://HOST:PORT[,HOST:PORT...]/TOPIC, or a local"
              + " dead-letters.jsonl, also compressed")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      required = true,
      description = "the input topic: kafka://HOST:PORT[,HOST:PORT...]/TOPIC")
  private TopicAddress to;

  @Option(
      names = "--reason",
      paramLabel = "REASONS",
      description = "only dead letters with these reasons, separated by commas; default: all")
  private @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "only dead letters with a Kafka timestamp at or after this time (UTC): 2023-01-01 or"
              + " 2023-01-01T12:00")
  private @Nullable Instant since;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      description = "only dead letters with a Kafka timestamp before this time (UTC)")
  private @Nullable Instant before;

  @Option(
      names = "--again",
      description = "also records that were redriven before and rejected again")
  private boolean again;

  @Option(names = "--dryRun", description = "send nothing; print the counts of what would be sent")
  private boolean dryRun;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "a properties file with settings of Kafka clients (SASL, TLS, ...)")
  private @Nullable String kafkaConfig;

  private RedriveFilter filter;

  /** Redrives according to the flags, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** Redrives according to the flags; returns the exit status. */
  public static int run(PrintStream output, PrintStream errors, String... args) {
    return new Redrive().execute(output, errors, args);
  }

  @Override
  protected void registerConverters(CommandLine line) {
    super.registerConverters(line);
    line.registerConverter(TopicAddress.class, converter(TopicAddress::parse, ""));
    line.registerConverter(
        Instant.class,
        converter(EventTimes.in(ZoneOffset.UTC)::atDateOrTime, EventTimes.DATE_OR_TIME_ADVICE));
  }

  @Override
  protected void check(FlagErrors errors) {
    if (from != null) {
      checkFrom(errors);
    }
    if (kafkaConfig != null) {
      errors.convert("--kafkaConfig", kafkaConfig, KafkaClients::checkedFile, "");
    }
    errors.check(
        since == null || before == null || since.isBefore(before),
        "--since must be earlier than --before; use --since=2023-01-01 --before=2023-01-02 for one"
            + " day");
    filter =
        new RedriveFilter(
            reasons(errors), Optional.ofNullable(since), Optional.ofNullable(before), again);
  }

  private void checkFrom(FlagErrors errors) {
    if (TopicAddress.isTopic(from)) {
      Optional<TopicAddress> topic = errors.convert("--from", from, TopicAddress::parse, "");
      errors.check(
          topic.isEmpty() || !topic.get().equals(to),
          "--from, --to: are the same topic; set --to to the input topic of the pipeline");
    } else {
      errors.checkReadable("--from", Path.of(from));
      errors.check(since == null, "--since: " + FILE_TIMES);
      errors.check(before == null, "--before: " + FILE_TIMES);
    }
  }

  private Set<RejectReason> reasons(FlagErrors errors) {
    if (reason == null) {
      return EnumSet.allOf(RejectReason.class);
    }
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    for (String name : reason.split(",", -1)) {
      errors
          .convert("--reason", name.strip(), RedriveFilter::parseReason, "")
          .ifPresent(reasons::add);
    }
    return reasons;
  }

  @Override
  protected void run(PrintStream output, PrintStream errors) {
    output.print(new Redriver(from, to, filter, dryRun, new KafkaClients(kafkaConfig)).run());
  }
}
