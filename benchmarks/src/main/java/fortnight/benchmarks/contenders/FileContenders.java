package fortnight.benchmarks.contenders;

import static fortnight.benchmarks.contenders.Contender.NO_LIMIT;
import static fortnight.benchmarks.measure.Jars.java;
import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.benchmarks.contenders.Contender.Program;
import fortnight.benchmarks.measure.Jars;
import fortnight.benchmarks.measure.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contenders that read a file, write to a directory, and end; ratios are relative to the first of a
 * list.
 */
public final class FileContenders {
  static final int LIMIT_OF_TEXTBOOK = 1_500_000;
  static final String[] TEXTBOOK_ON_FLINK = {
    "--runner=FlinkRunner", "--parallelism=2", "--objectReuse=true"
  };

  private static final String CLICKHOUSE = "clickhouse";

  private static final int LIMIT_WITH_CHECKS = 150_000;
  private static final String[] NO_CHECKS = {
    "--enforceImmutability=false", "--enforceEncodability=false"
  };

  private final Jars jars;

  /** The contenders of a build. */
  public FileContenders(Jars jars) {
    this.jars = jars;
  }

  /** All contenders. */
  public List<Contender> all() {
    return Stream.concat(ofStartUp().stream(), textbook().stream()).toList();
  }

  /** The contenders whose start-up is compared. */
  public List<Contender> ofStartUp() {
    return List.of(
        new Contender("fortnight-direct", "Fortnight, DirectRunner", NO_LIMIT, fortnight()),
        new Contender(
            "fortnight-flink",
            "Fortnight, embedded Flink",
            NO_LIMIT,
            fortnight("--runner=FlinkRunner", "--parallelism=2")),
        new Contender(
            "fortnight-spark",
            "Fortnight, embedded Spark",
            NO_LIMIT,
            fortnight("--runner=SparkRunner", "--sparkMaster=local[2]"),
            notBuilt(jars.fortnightSpark(), "")),
        new Contender("duckdb", "DuckDB, SQL over the file", NO_LIMIT, jvm("DuckDb", "duckdb")),
        new Contender(
            CLICKHOUSE,
            "ClickHouse, SQL over the file",
            NO_LIMIT,
            FileContenders::clickHouse,
            Machine.hasCommand(CLICKHOUSE) ? "" : "there is no command clickhouse on the PATH"),
        new Contender(
            "spark-sql",
            "Spark SQL over the file",
            NO_LIMIT,
            (input, output, scratch) -> jars.peerOnSpark(input, output),
            notBuilt(jars.libOfSpark(), " -Pspark-sql")),
        new Contender("loop", "Java loop, databind", NO_LIMIT, jvm("JacksonLoop", "jackson-")));
  }

  private List<Contender> textbook() {
    return List.of(
        new Contender("beam-direct", "textbook Beam, DirectRunner", LIMIT_WITH_CHECKS, beam()),
        new Contender(
            "beam-direct-no-checks",
            "textbook Beam, DirectRunner without its checks",
            LIMIT_OF_TEXTBOOK,
            beam(NO_CHECKS)),
        new Contender(
            "beam-flink",
            "textbook Beam, embedded Flink",
            LIMIT_OF_TEXTBOOK,
            beam(TEXTBOOK_ON_FLINK)));
  }

  private static String notBuilt(Path built, String profile) {
    return Files.exists(built) ? "" : "build it with mvn -q -DskipTests" + profile + " package";
  }

  private Program fortnight(String... flags) {
    return (input, output, scratch) -> {
      List<String> command = java("-jar", jars.fortnight().toString());
      command.addAll(Arrays.asList(flags));
      command.add("--input=" + input);
      command.add("--output=" + output);
      return command;
    };
  }

  private Program jvm(String main, String jar) {
    return (input, output, scratch) -> {
      List<String> command = jars.peer(main, jar);
      command.addAll(List.of(input, output));
      return command;
    };
  }

  private static List<String> clickHouse(String input, String output, Path scratch) {
    try (InputStream sql = FileContenders.class.getResourceAsStream("clickhouse.sql")) {
      return List.of(
          CLICKHOUSE,
          "local",
          "--param_input=" + input,
          "--param_output=" + output,
          "--query=" + new String(sql.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program beam(String... flags) {
    return (input, output, scratch) -> {
      List<String> command = jars.peerOnFlink("TextbookBeamOnFiles", flags);
      command.add("--inputFile=" + input);
      command.add("--outputDirectory=" + output);
      return command;
    };
  }
}
