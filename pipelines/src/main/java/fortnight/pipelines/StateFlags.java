package fortnight.pipelines;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The flags that a stream's state depends on, or that say where rows of closed windows are. */
final class StateFlags {
  private StateFlags() {}

  /** The directory that the flags ask for, taken; null where they ask for none. */
  static @Nullable StateDirectory open(RetailFlags flags) throws RunFailed, WrongFlags {
    String directory = flags.options().getStateDirectory();
    if (directory == null) {
      return null;
    }
    return StateDirectory.open(Path.of(directory).toAbsolutePath().normalize(), of(flags));
  }

  private static Map<String, String> of(RetailFlags flags) throws RunFailed {
    RetailOptions options = flags.options();
    Map<String, String> all = new TreeMap<>();
    if (flags.input() instanceof TopicInput input) {
      all.put("--input topic", input.topic().name());
      // A topic that was deleted and made again has other records at the same offsets.
      all.put("--input topic's id", Preflight.idOf(flags.kafka(), input.topic()));
    }
    all.put("--output", place(flags.output()));
    all.put("--deadLetters", place(flags.deadLetters()));
    all.put(
        "--analyses",
        flags.analyses().stream().map(Analysis::title).sorted().collect(Collectors.joining(",")));
    all.put("--period", flags.windows().period().toString());
    all.put("--every", flags.windows().every().toString());
    all.put("--weekStart", options.getWeekStart().toUpperCase(Locale.ROOT));
    all.put("--timeZone", flags.timeZone().getId());
    all.put("--from", flags.from().toString());
    all.put(
        "--dropDuplicatesWithin", flags.dropDuplicatesWithin().map(Object::toString).orElse(""));
    return all;
  }

  /** A cluster of brokers may have other addresses than before. */
  private static String place(String text) {
    return KafkaAddress.isMeantBy(text) ? KafkaAddress.parse(text).name() : Paths.whole(text);
  }
}
