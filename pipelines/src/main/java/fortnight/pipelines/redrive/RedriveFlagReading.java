package fortnight.pipelines.redrive;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.options.FlagValues;
import fortnight.transforms.RejectReason;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command line to request; all that is wrong is named at once. */
public final class RedriveFlagReading {
  private static final String A_TIME = "say 2022-12-26, or 2022-12-26T09:30:00";
  private static final String NO_TIME = ": the dead letters of a file have no time";
  private static final Set<RejectReason> WHOLE =
      EnumSet.complementOf(EnumSet.of(RejectReason.TOO_LARGE, RejectReason.LOST_OFFSETS));

  private final RedriveFlags flags;
  private final FlagErrors errors = new FlagErrors();

  private RedriveFlagReading(RedriveFlags flags) {
    this.flags = flags;
  }

  /**
   * Fills the flags and gives them their meaning; null where they ask for help.
   *
   * @throws CommandException when one of them has none
   */
  public static @Nullable RedriveRequest read(RedriveFlags flags, String... args) {
    RedriveFlagReading reading = new RedriveFlagReading(flags);
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    line.parseArgs(args).errors().forEach(error -> reading.errors.add(sentence(error)));
    return flags.help ? null : reading.request();
  }

  private RedriveRequest request() {
    Optional<TopicAddress> fromTopic = fromTopic();
    TopicAddress to = flags.to == null ? null : convert("to", flags.to, TopicAddress::parse, "");
    RedriveFilter filter =
        new RedriveFilter(
            reasons(), time("since", flags.since), time("before", flags.before), flags.again);
    KafkaClients kafka =
        new KafkaClients(
            flags.kafkaConfig == null
                ? null
                : convert("kafkaConfig", flags.kafkaConfig, KafkaClients::checkedFile, ""));
    checkTimes(filter);
    if (to != null && fromTopic.map(to::equals).orElse(false)) {
      errors.add("--from, --to: the dead letters' topic is not the input's");
    }
    errors.throwIfAny();
    return new RedriveRequest(flags.from, fromTopic, to, filter, flags.dryRun, kafka);
  }

  private Optional<TopicAddress> fromTopic() {
    if (flags.from == null) {
      return Optional.empty(); // said already
    }
    if (TopicAddress.isTopic(flags.from)) {
      return Optional.ofNullable(convert("from", flags.from, TopicAddress::parse, ""));
    }
    convert("from", flags.from, RedriveFlagReading::readableFile, "");
    return Optional.empty();
  }

  private Set<RejectReason> reasons() {
    if (flags.reason == null) {
      return EnumSet.allOf(RejectReason.class);
    }
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    for (String name : flags.reason.split(",", -1)) {
      RejectReason reason = convert("reason", name.strip(), RedriveFlagReading::reason, "");
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private static RejectReason reason(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    if (wanted.equals(RejectReason.TOO_LARGE.name())) {
      throw new IllegalArgumentException("never sent back, since only the beginning is kept");
    }
    if (wanted.equals(RejectReason.LOST_OFFSETS.name())) {
      throw new IllegalArgumentException("never sent back, since there is no record");
    }
    return WHOLE.stream()
        .filter(reason -> reason.name().equals(wanted))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such reason; there are "
                        + WHOLE.stream().map(Enum::name).collect(Collectors.joining(", "))));
  }

  private Optional<Instant> time(String flag, @Nullable String text) {
    return Optional.ofNullable(text)
        .map(t -> convert(flag, t, time -> FlagValues.time(time, ZoneOffset.UTC), A_TIME));
  }

  private void checkTimes(RedriveFilter filter) {
    boolean isFile = flags.from != null && !TopicAddress.isTopic(flags.from);
    if (isFile && flags.since != null) {
      errors.add("--since=" + flags.since + NO_TIME);
    }
    if (isFile && flags.before != null) {
      errors.add("--before=" + flags.before + NO_TIME);
    }
    if (filter.since().isPresent()
        && filter.before().isPresent()
        && !filter.since().get().isBefore(filter.before().get())) {
      errors.add("--since must be earlier than --before: no message lies between");
    }
  }

  private static String sentence(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown
        && !unknown.getSuggestions().isEmpty()) {
      return unknown.getMessage() + "; did you mean " + unknown.getSuggestions().get(0) + "?";
    }
    return error.getMessage();
  }

  private <T> @Nullable T convert(
      String flag, String text, java.util.function.Function<String, T> converter, String advice) {
    return errors.convert("--" + flag, text, converter, advice).orElse(null);
  }

  private static String readableFile(String path) {
    if (!java.nio.file.Files.isReadable(java.nio.file.Path.of(path))) {
      throw new IllegalArgumentException("not a readable file");
    }
    return path;
  }
}
