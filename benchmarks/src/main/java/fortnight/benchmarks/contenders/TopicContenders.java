package fortnight.benchmarks.contenders;

import static fortnight.benchmarks.contenders.Contender.NO_LIMIT;
import static fortnight.benchmarks.measure.Jars.java;

import fortnight.benchmarks.measure.Jars;
import java.nio.file.Path;
import java.util.List;

/**
 * Contenders that read a topic and write to topics until they are stopped; ratios are relative to
 * the first one.
 */
public final class TopicContenders {
  private final Jars jars;

  /** The contenders of a build. */
  public TopicContenders(Jars jars) {
    this.jars = jars;
  }

  /** All contenders. */
  public List<Contender> all() {
    return List.of(
        new Contender("fortnight-kafka", "Fortnight, embedded Flink", NO_LIMIT, this::fortnight),
        new Contender("flink-kafka", "native Flink, DataStream", NO_LIMIT, this::nativeFlink),
        new Contender("streams-kafka", "Kafka Streams, two threads", NO_LIMIT, this::kafkaStreams),
        new Contender(
            "beam-kafka",
            "textbook Beam, embedded Flink",
            FileContenders.LIMIT_OF_TEXTBOOK,
            this::textbookBeam));
  }

  private List<String> fortnight(String input, String output, Path scratch) {
    return java(
        "-jar",
        jars.fortnight().toString(),
        "--runner=FlinkRunner",
        "--parallelism=2",
        "--input=kafka://" + input,
        "--output=kafka://" + broker(input) + "/" + output);
  }

  private List<String> nativeFlink(String input, String output, Path scratch) {
    return jars.peerOnFlink("NativeFlink", broker(input), topic(input), output);
  }

  private List<String> kafkaStreams(String input, String output, Path scratch) {
    List<String> command =
        jars.peer(
            "KafkaStreamsApp",
            "kafka-",
            "connect-",
            "jackson-",
            "rocksdbjni",
            "slf4j-",
            "lz4-",
            "zstd-",
            "snappy-");
    command.addAll(List.of(broker(input), topic(input), output, scratch.toString()));
    return command;
  }

  private List<String> textbookBeam(String input, String output, Path scratch) {
    List<String> command =
        jars.peerOnFlink("TextbookBeamOnKafka", FileContenders.TEXTBOOK_ON_FLINK);
    command.add("--checkpointingInterval=10000");
    command.add("--bootstrapServers=" + broker(input));
    command.add("--topic=" + topic(input));
    command.add("--prefix=" + output);
    return command;
  }

  private static String broker(String input) {
    return input.substring(0, input.indexOf('/'));
  }

  private static String topic(String input) {
    return input.substring(input.indexOf('/') + 1);
  }
}
