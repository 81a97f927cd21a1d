package fortnight.pipelines;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic, or the prefix of some, as {@code kafka://HOST:PORT[,HOST:PORT…]/NAME}.
 *
 * @param brokers what a client connects to first
 */
record KafkaAddress(String brokers, String name) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int LARGEST_PORT = 65_535;
  private static final String SCHEME = "kafka://";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "kafka://((?:[^/:,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5}"
              + "(?:,(?:[^/:,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5})*)/([A-Za-z0-9._-]{1,200})");

  static boolean isMeantBy(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none, and says what one looks like
   */
  static KafkaAddress parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("say kafka://HOST:PORT/NAME, or HOST:PORT,HOST:PORT");
    }
    for (String broker : matcher.group(1).split(",", -1)) {
      int port = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
      if (port < 1 || port > LARGEST_PORT) {
        throw new IllegalArgumentException("a port is from 1 to " + LARGEST_PORT);
      }
    }
    return new KafkaAddress(matcher.group(1), matcher.group(2));
  }

  /** The topic whose name begins with this one. */
  KafkaAddress plus(String suffix) {
    return new KafkaAddress(brokers, name + suffix);
  }

  @Override
  public String toString() {
    return SCHEME + brokers + "/" + name;
  }
}
