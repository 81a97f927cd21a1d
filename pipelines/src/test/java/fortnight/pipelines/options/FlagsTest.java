package fortnight.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong flags are named all at once, and nothing is written. */
class FlagsTest {
  @TempDir Path directory;

  private String input;
  private Path output;

  @BeforeEach
  void hasAnInputAndAnOutput() throws IOException {
    input = Files.writeString(directory.resolve("sales.jsonl"), "{}\n").toString();
    output = directory.resolve("out");
  }

  @Test
  void namesAllWrongFlagsAtOnce() throws IOException {
    TestRun run =
        refused(
            "--input=" + directory.resolve("absent.jsonl"),
            "--perod=7d",
            "sales.jsonl",
            "--every=often",
            "--period=7 days",
            "--timeZone=Europe/Atlantis",
            "--weekStart=MONTAG",
            "--analyses=weekly-volume,product-volum",
            "--from=2023-02-30",
            "--until=soon",
            "--maxRejected=many",
            "--failOnDataLoss=maybe",
            "--resourceHints=much",
            "--targetParallelism=two");

    assertThat(run.err().lines())
        .anyMatch(line -> line.contains("--perod") && line.contains("did you mean --period?"))
        .anyMatch(line -> line.startsWith("sales.jsonl: not a flag"))
        .anyMatch(line -> line.startsWith("--input=") && line.contains("absent.jsonl"))
        .anyMatch(line -> line.startsWith("--every=often: "))
        .anyMatch(line -> line.startsWith("--period=7 days: "))
        .anyMatch(line -> line.startsWith("--timeZone=Europe/Atlantis: "))
        .anyMatch(line -> line.startsWith("--weekStart=MONTAG: "))
        .anyMatch(
            line -> line.startsWith("--analyses=product-volum: ") && line.contains("volume-change"))
        .anyMatch(line -> line.startsWith("--from=2023-02-30: "))
        .anyMatch(line -> line.startsWith("--until=soon: "))
        .anyMatch(line -> line.startsWith("--maxRejected=many: "))
        .anyMatch(line -> line.equals("--failOnDataLoss=maybe: use true or false"))
        .anyMatch(line -> line.startsWith("--resourceHints=much: use minRam=2GB"))
        .anyMatch(line -> line.startsWith("--targetParallelism=two: "))
        .hasSizeLessThanOrEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource({
    "--inptu=x, --input",
    "--ouput=x, --output",
    "--weekstart=SUNDAY, --weekStart",
    "--timezone=UTC, --timeZone",
    "--analysis=weekly-volume, --analyses",
    "--maxReject=1, --maxRejected",
    "--dead-letters=x, --deadLetters"
  })
  void namesTheNearestFlag(String wrong, String nearest) throws IOException {
    assertThat(refused("--input=" + input, wrong).err()).contains("did you mean " + nearest + "?");
  }

  /** Otherwise the run would be in this process, and the cluster idle. */
  @ParameterizedTest
  @CsvSource({
    "--flinkMaster=localhost:1, FlinkRunner",
    "--sparkMaster=spark://localhost:1, SparkRunner"
  })
  void aClusterNeedsItsRunner(String flag, String runner) throws IOException {
    assertThat(refused("--input=" + input, flag).err().lines())
        .containsExactly(flag + ": needs --runner=" + runner, "See --help.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--period=0d",
        "--period=-7d",
        "--period=7",
        "--period=5mo",
        "--period=200y",
        "--against=1y",
        "--against=10d",
        "--period=",
        "--every=5d",
        "--every=8d",
        "--every=1s1",
        "--timeZone=Berlin",
        "--weekStart=8",
        "--analyses=",
        "--analyses=weekly-volume,,volume-change",
        "--from=yesterday",
        "--from=1970-01-01",
        "--until=12:00",
        "--maxRejected=-1",
        "--maxRejected=101%",
        "--maxRejected=1.5",
        "--output=kafka://localhost/shop.",
        "--output=kafka://localhost:9092/",
        "--outOfOrderness=1",
        "--allowedLateness=-7d",
        "--earlyEvery=0s",
        "--idleAfter=never",
        "--maxFutureSkew=1y",
        "--dropDuplicatesWithin=0h",
        "--kafkaConfig=absent.properties",
        "--output=",
        "--output=nowhere://shop",
        "--output=postgresql://localhost/shop",
        "--jdbcConfig=absent.properties",
        "--outputFormat=xml",
        "--rowEnvelope=avro",
        "--rowEnvelope=connect",
        "--deadLetters=kafka://localhost/rejected",
        "--deadLetters=nowhere://shop/rejected.jsonl"
      })
  void namesTheFlagThatIsWrong(String wrong) throws IOException {
    String flag = wrong.substring(0, wrong.indexOf('='));

    assertThat(refused("--input=" + input, wrong).err()).startsWith(flag);
  }

  @Test
  void rejectsAnEmptyTimeRange() throws IOException {
    assertThat(refused("--input=" + input, "--from=2023-01-02", "--until=2023-01-01").err())
        .contains("--from", "--until");
    assertThat(refused("--input=" + input, "--from=2023-01-02", "--until=2023-01-02").err())
        .contains("--from", "--until");
  }

  @Test
  void reportsWhyThereIsNothingToRead() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.jsonl"));

    assertThat(refused("--input=" + directory.resolve("absent.jsonl")).err())
        .contains("--input=", "does not exist");
    assertThat(refused("--input=" + directory).err()).contains("a directory");
    assertThat(refused("--input=" + empty).err()).contains("empty.jsonl", "no record");
    assertThat(refused("--input=" + directory + "/*.csv").err()).contains("no file matches");
    assertThat(refused("--input=kafka://localhost/sales").err())
        .contains("kafka://HOST:PORT[,HOST:PORT...]/TOPIC")
        .hasLineCount(2); // and where to find help
  }

  @Test
  void takesNoResultFileForDeadLetters() throws IOException {
    assertThat(
            refused("--input=" + input, "--deadLetters=" + output.resolve("weekly-volume.jsonl"))
                .err())
        .startsWith("--deadLetters=" + output);
  }

  @ParameterizedTest
  @CsvSource({"FlinkRunner, fortnight.jar", "SparkRunner, fortnight-spark.jar"})
  void namesTheJarOfARunner(String runner, String jar) throws IOException {
    TestRun run = refused("--runner=" + runner);

    assertThat(run.err().lines())
        .contains(
            "--runner=%s: is not in this jar, but in %s; use ./fortnight, which builds it if it is missing"
                .formatted(runner, jar));
  }

  @Test
  void acceptsCsvForFilesAndSchemasForTopics() throws IOException {
    String topics = "--output=kafka://localhost:9092/shop.";

    assertThat(refused("--input=" + input, topics, "--outputFormat=csv").err())
        .startsWith("--outputFormat=csv: only for result files; set --output to a directory, or");
    assertThat(refused("--input=" + input, "--rowEnvelope=connect").err())
        .startsWith("--rowEnvelope=connect: only for topics; set --output to kafka://HOST:PORT/");
    assertThat(refused("--input=" + input, "--outputFormat=csv", "--report=" + output).err())
        .startsWith("--report: is made from result files of JSON; omit --outputFormat=csv");
  }

  @Test
  void takesAFlagOnce() throws IOException {
    assertThat(refused("--input=" + input, "--period=7d", "--period=1d", "--every=x").err())
        .contains("--period: set it only once", "--every=x: ");
  }

  @Test
  void takesNoFileForTheOutputDirectory() throws IOException {
    TestRun run = TestRun.of("--input=" + input, "--output=" + input);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("--output=" + input + ": is a file; a directory is needed");
    assertThat(Path.of(input)).hasContent("{}\n");
  }

  @Test
  void explainsEachFlagWithAnExample() {
    TestRun run = TestRun.of("--perod=7d", "--help");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    for (String flag :
        List.of(
            "input",
            "output",
            "deadLetters",
            "analyses",
            "period",
            "every",
            "weekStart",
            "timeZone",
            "from",
            "until",
            "maxRejected",
            "report",
            "catalog")) {
      assertThat(run.out())
          .containsPattern("--" + flag + "\n(      .*\n)+      example: --" + flag);
    }
    assertThat(run.out()).contains("default: 7d", "default: MONDAY", "default: UTC");
  }

  /** A run that ends with status 2, reports errors without a stack trace, and writes nothing. */
  private TestRun refused(String... args) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    if (all.stream().noneMatch(arg -> arg.startsWith("--output="))) {
      all.add("--output=" + output);
    }

    TestRun run = TestRun.of(all);

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("Exception", "\tat ").endsWith("See --help.\n");
    assertThat(TestRun.names(output)).isEmpty();
    return run;
  }
}
