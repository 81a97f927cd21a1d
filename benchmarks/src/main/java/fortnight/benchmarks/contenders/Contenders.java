package fortnight.benchmarks.contenders;

import static fortnight.benchmarks.contenders.Contender.NO_LIMIT;
import static fortnight.benchmarks.measure.Jars.java;

import fortnight.benchmarks.measure.Jars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All contenders; ratios are relative to the first of a list. */
public final class Contenders {
  private static final String PEERS = "fortnight.benchmarks.peers.";
  private static final int LIMIT_OF_TEXTBOOK = 1_500_000;
  private static final int LIMIT_WITH_CHECKS = 150_000;
  private static final String[] NO_CHECKS = {
    "--enforceImmutability=false", "--enforceEncodability=false"
  };
  private static final String[] FLINK = {
    "--runner=FlinkRunner", "--parallelism=2", "--objectReuse=true"
  };

  private final Jars jars;

  /**
   * The contenders of a build.
   *
   * @param jars null if none of them is run
   */
  public Contenders(Jars jars) {
    this.jars = jars;
  }

  /** Contenders that read a file, write to a directory, and end. */
  public List<Contender> ofFiles() {
    return List.of(
        new Contender("fortnight-direct", "Fortnight, DirectRunner", NO_LIMIT, fortnight()),
        new Contender(
            "fortnight-flink",
            "Fortnight, embedded Flink",
            NO_LIMIT,
            fortnight("--runner=FlinkRunner", "--parallelism=2")),
        new Contender("duckdb", "DuckDB, SQL over the file", NO_LIMIT, jvm("DuckDb", "duckdb")),
        new Contender("loop", "Java loop, databind", NO_LIMIT, jvm("JacksonLoop", "jackson-")),
        new Contender("beam-direct", "textbook Beam, DirectRunner", LIMIT_WITH_CHECKS, beam()),
        new Contender(
            "beam-direct-no-checks",
            "textbook Beam, DirectRunner without its checks",
            LIMIT_OF_TEXTBOOK,
            beam(NO_CHECKS)),
        new Contender(
            "beam-flink", "textbook Beam, embedded Flink", LIMIT_OF_TEXTBOOK, beam(FLINK)));
  }

  /** Contenders that read a topic and write to topics until they are stopped. */
  public List<Contender> ofTopics() {
    return List.of(
        new Contender(
            "fortnight-kafka",
            "Fortnight, embedded Flink",
            NO_LIMIT,
            (input, output, scratch) ->
                java(
                    "-jar",
                    jars.fortnight().toString(),
                    "--runner=FlinkRunner",
                    "--parallelism=2",
                    "--input=kafka://" + input,
                    "--output=kafka://" + broker(input) + "/" + output)),
        new Contender(
            "flink-kafka",
            "native Flink, DataStream",
            NO_LIMIT,
            (input, output, scratch) ->
                withFlink("NativeFlink", broker(input), topic(input), output)),
        new Contender(
            "streams-kafka",
            "Kafka Streams, two threads",
            NO_LIMIT,
            (input, output, scratch) ->
                java(
                    "-cp",
                    jars.classPath(
                        "kafka-",
                        "connect-",
                        "jackson-",
                        "rocksdbjni",
                        "slf4j-",
                        "lz4-",
                        "zstd-",
                        "snappy-"),
                    PEERS + "KafkaStreamsApp",
                    broker(input),
                    topic(input),
                    output,
                    scratch.toString())),
        new Contender(
            "beam-kafka",
            "textbook Beam, embedded Flink",
            LIMIT_OF_TEXTBOOK,
            (input, output, scratch) -> {
              List<String> flags = new ArrayList<>(Arrays.asList(FLINK));
              flags.add("--checkpointingInterval=10000");
              flags.add("--bootstrapServers=" + broker(input));
              flags.add("--topic=" + topic(input));
              flags.add("--prefix=" + output);
              return withFlink("TextbookBeamOnKafka", flags.toArray(String[]::new));
            }));
  }

  private Contender.Program fortnight(String... flags) {
    return (input, output, scratch) -> {
      List<String> command = java("-jar", jars.fortnight().toString());
      command.addAll(Arrays.asList(flags));
      command.add("--input=" + input);
      command.add("--output=" + output);
      return command;
    };
  }

  private Contender.Program jvm(String main, String jar) {
    return (input, output, scratch) ->
        java("-cp", jars.classPath(jar), PEERS + main, input, output);
  }

  private Contender.Program beam(String... flags) {
    return (input, output, scratch) -> {
      List<String> command = withFlink("TextbookBeamOnFiles", flags);
      command.add("--inputFile=" + input);
      command.add("--outputDirectory=" + output);
      return command;
    };
  }

  private List<String> withFlink(String main, String... args) {
    List<String> command = java();
    command.addAll(jars.addOpens());
    command.addAll(List.of("-cp", jars.classPath(), PEERS + main));
    command.addAll(Arrays.asList(args));
    return command;
  }

  private static String broker(String input) {
    return input.substring(0, input.indexOf('/'));
  }

  private static String topic(String input) {
    return input.substring(input.indexOf('/') + 1);
  }
}
