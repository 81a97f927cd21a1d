package fortnight.benchmarks;

import static fortnight.benchmarks.Contender.NO_LIMIT;
import static fortnight.benchmarks.Jars.java;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All there are; the first of a list is what the others are compared with. */
final class Contenders {
  private static final String PEERS = "fortnight.benchmarks.peers.";
  private static final int HALF_A_MINUTE_A_RUN = 1_500_000;
  private static final int AS_IT_COMES = 150_000;
  private static final String[] NO_CHECKS = {
    "--enforceImmutability=false", "--enforceEncodability=false"
  };
  private static final String[] FLINK = {
    "--runner=FlinkRunner", "--parallelism=2", "--objectReuse=true"
  };

  private final Jars jars;

  Contenders(Jars jars) {
    this.jars = jars;
  }

  /** From a file to a directory, ending by themselves. */
  List<Contender> ofFiles() {
    return List.of(
        new Contender("fortnight-direct", "Fortnight, DirectRunner", NO_LIMIT, fortnight()),
        new Contender(
            "fortnight-flink",
            "Fortnight, embedded Flink",
            NO_LIMIT,
            fortnight("--runner=FlinkRunner", "--parallelism=2")),
        new Contender("duckdb", "DuckDB, SQL over the file", NO_LIMIT, small("DuckDb", "duckdb")),
        new Contender("loop", "Java loop, databind", NO_LIMIT, small("JacksonLoop", "jackson-")),
        new Contender("beam-direct", "textbook Beam, DirectRunner", AS_IT_COMES, beam()),
        new Contender(
            "beam-direct-no-checks",
            "textbook Beam, DirectRunner without its checks",
            HALF_A_MINUTE_A_RUN,
            beam(NO_CHECKS)),
        new Contender(
            "beam-flink", "textbook Beam, embedded Flink", HALF_A_MINUTE_A_RUN, beam(FLINK)));
  }

  /** From a topic to topics, until they are stopped. */
  List<Contender> ofTopics() {
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
            HALF_A_MINUTE_A_RUN,
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

  private Contender.Program small(String main, String jar) {
    return (input, output, scratch) ->
        java("-cp", jars.classPath(jar), PEERS + main, input, output);
  }

  private Contender.Program beam(String... flags) {
    return (input, output, scratch) -> {
      List<String> command = withFlink("TextbookBeamOnFiles", flags);
      command.add("--input=" + input);
      command.add("--output=" + output);
      return command;
    };
  }

  private List<String> withFlink(String main, String... args) {
    List<String> command =
        java(
            Arrays.stream(FlinkOpens.PACKAGES)
                .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
                .toArray(String[]::new));
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
