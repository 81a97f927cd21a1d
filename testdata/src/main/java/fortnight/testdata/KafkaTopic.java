package fortnight.testdata;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A topic as {@code kafka://HOST:PORT[,HOST:PORT…]/TOPIC}. */
record KafkaTopic(String brokers, String topic) {
  static final String SCHEME = "kafka://";
  private static final Pattern ADDRESS =
      Pattern.compile("kafka://([^/:,]+:\\d{1,5}(?:,[^/:,]+:\\d{1,5})*)/([A-Za-z0-9._-]{1,249})");

  static Optional<KafkaTopic> parse(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches()
        ? Optional.of(new KafkaTopic(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
