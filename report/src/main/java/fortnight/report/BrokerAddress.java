package fortnight.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where topics are, as {@code kafka://HOST:PORT[,HOST:PORT…]/PREFIX}.
 *
 * @param brokers what a client connects to first
 */
record BrokerAddress(String brokers, String prefix) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "kafka://((?:[^/:,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5}"
              + "(?:,(?:[^/:,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5})*)/([A-Za-z0-9._-]{0,200})");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none, and says what one looks like
   */
  static BrokerAddress parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("say kafka://HOST:PORT/PREFIX, or HOST:PORT,HOST:PORT");
    }
    return new BrokerAddress(matcher.group(1), matcher.group(2));
  }

  /** The topic of this title. */
  String topic(String title) {
    return prefix + title;
  }

  /** A topic of these brokers, as other commands want it. */
  String of(String topic) {
    return "kafka://" + brokers + "/" + topic;
  }

  @Override
  public String toString() {
    return of(prefix);
  }
}
