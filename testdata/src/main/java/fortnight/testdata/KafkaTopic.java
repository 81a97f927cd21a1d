package fortnight.testdata;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A topic as {@code kafka://HOST:PORT[,HOST:PORT…]/TOPIC}. */
record KafkaTopic(String brokers, String topic) {
  static final String SCHEME = "kafka://";
  private static final Pattern ADDRESS =
      Pattern.compile("kafka://([^/:,]+:\\d{1,5}(?:,[^/:,]+:\\d{1,5})*)/(.*)");
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
  private static final int LAST_PORT = 65_535;

  static Optional<KafkaTopic> parse(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches()
        ? Optional.of(new KafkaTopic(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** What is wrong with an address; nothing, if it may be one. */
  static Optional<String> problem(String address) {
    Optional<KafkaTopic> parsed = parse(address);
    if (parsed.isEmpty()) {
      return Optional.of("kafka://HOST:PORT[,HOST:PORT...]/TOPIC");
    }
    if (!parsed.get().portsArePossible()) {
      return Optional.of("a port is from 1 to " + LAST_PORT);
    }
    return NAME.matcher(parsed.get().topic).matches()
        ? Optional.empty()
        : Optional.of(
            "a topic's name has 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', and is not . or ..");
  }

  private boolean portsArePossible() {
    return Arrays.stream(brokers.split(","))
        .map(broker -> Integer.parseInt(broker.substring(broker.indexOf(':') + 1)))
        .allMatch(port -> port >= 1 && port <= LAST_PORT);
  }
}
