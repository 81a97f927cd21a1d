package fortnight.common.kafka;

import fortnight.common.cli.FlagErrors;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic, or the common prefix of topics, as {@code kafka://HOST:PORT[,HOST:PORT…]/NAME}.
 *
 * @param brokers the bootstrap servers
 * @param name the name of the topic; of a prefix it may be empty
 */
public record TopicAddress(String brokers, String name) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String SCHEME = "kafka://";
  private static final int MAX_NAME_LENGTH = 249;

  /** So that the longest name of an analysis still fits behind it. */
  private static final int MAX_PREFIX_LENGTH = 200;

  private static final String BROKER = "(?:[^/:,\\[\\]]+|\\[[0-9a-fA-F:]+]):\\d{1,5}";
  private static final Pattern ADDRESS =
      Pattern.compile("kafka://(%1$s(?:,%1$s)*)/(.*)".formatted(BROKER));
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]*");

  /** Whether a text is meant as the address of a topic. */
  public static boolean isTopic(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Parses the address of one topic.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static TopicAddress parse(String text) {
    TopicAddress address = parse(text, MAX_NAME_LENGTH, "TOPIC");
    if (isReserved(address.name)) {
      throw new IllegalArgumentException("use kafka://HOST:PORT/TOPIC");
    }
    return address;
  }

  /**
   * Checks the name of a topic without its brokers; returns it.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static String parseName(String name) {
    checkName(name, MAX_NAME_LENGTH, "TOPIC");
    if (isReserved(name)) {
      throw new IllegalArgumentException("use the name of a topic");
    }
    return name;
  }

  private static boolean isReserved(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  /**
   * Parses the address of a prefix, which may be empty.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static TopicAddress parsePrefix(String text) {
    return parse(text, MAX_PREFIX_LENGTH, "PREFIX");
  }

  private static TopicAddress parse(String text, int maxLength, String what) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("use kafka://HOST:PORT[,HOST:PORT...]/" + what);
    }
    for (String broker : matcher.group(1).split(",", -1)) {
      int port = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
      if (port < 1 || port > FlagErrors.MAX_PORT) {
        throw new IllegalArgumentException("a port is from 1 to " + FlagErrors.MAX_PORT);
      }
    }
    checkName(matcher.group(2), maxLength, what);
    return new TopicAddress(matcher.group(1), matcher.group(2));
  }

  private static void checkName(String name, int maxLength, String what) {
    if (name.length() > maxLength || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a %s has at most %d of a-z, A-Z, 0-9, '.', '_' and '-'"
              .formatted(what.equals("TOPIC") ? "topic's name" : "prefix", maxLength));
    }
  }

  /** The topic whose name is this one with a suffix. */
  public TopicAddress plus(String suffix) {
    return withName(name + suffix);
  }

  /** Another topic of the same brokers. */
  public TopicAddress withName(String newName) {
    return new TopicAddress(brokers, newName);
  }

  @Override
  public String toString() {
    return SCHEME + brokers + "/" + name;
  }
}
