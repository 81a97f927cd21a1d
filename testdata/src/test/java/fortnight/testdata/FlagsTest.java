package fortnight.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
  @TempDir Path folder;

  @Test
  void reportsAllErrorsAtOnce() {
    SimulateRun run =
        SimulateRun.of(
            List.of(
                "--output=kafka://broker/t",
                "--transaktions=5",
                "--duplicate=0.1",
                "--start=today"),
            "--transactions=5",
            "--customers=0",
            "--products=3",
            "--skew=0.5",
            "--idle=2022-03-01",
            "--late=much",
            "--duplicates=2",
            "--malformed=-1",
            "--speedup=fast",
            "--partitions=0",
            "--threads=0",
            "--format=ga3");

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.messages().lines())
        .anyMatch(line -> line.contains("--transaktions") && line.contains("--transactions?"))
        .anyMatch(line -> line.contains("--duplicate") && line.contains("--duplicates?"))
        .anyMatch(line -> line.startsWith("--start=today"))
        .anyMatch(line -> line.startsWith("--output=kafka://broker/t"))
        .anyMatch(line -> line.startsWith("--transactions, --customers"))
        .anyMatch(line -> line.startsWith("--customers=0"))
        .anyMatch(line -> line.startsWith("--products=3"))
        .anyMatch(line -> line.startsWith("--skew=0.5"))
        .anyMatch(line -> line.startsWith("--idle=2022-03-01"))
        .anyMatch(line -> line.startsWith("--late=much"))
        .anyMatch(line -> line.startsWith("--duplicates=2"))
        .anyMatch(line -> line.startsWith("--malformed=-1"))
        .anyMatch(line -> line.startsWith("--speedup=fast"))
        .anyMatch(line -> line.startsWith("--partitions=0"))
        .anyMatch(line -> line.startsWith("--threads=0"))
        .anyMatch(line -> line.startsWith("--format=ga3") && line.contains("ga4?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--start=2023-01-01",
        "--start=1970-06-01",
        "--skew=5000 --transactions=1000",
        "--speedup=10",
        "--live",
        "--live --speedup=max",
        "--idle=2022-03-02/2022-03-01",
        "--outOfOrder=-1h",
        "--outOfOrder=1",
        "--outOfOrder=36526d",
        "--outOfOrder=P36526D",
        "--outOfOrder=PT999999999999H",
        "--late=0.1",
        "--late=1d",
        "--late=0.1:1d:1d",
        "--late=0.1d:1d",
        "--late=NaN:1d",
        "--late=2:1d",
        "--duplicates=NaN",
        "--idle=2022-03-02",
        "--idle=2021-03-01/2021-04-01",
        "--idle=2021-12-01/2023-04-01",
        "--kafkaConfig=none.properties",
        "--seed=1 --seed=2",
        "--truth=",
        "--catalog=s3://bucket/file",
        "--withPrices --format=stripe",
        "--transactions=0",
        "--transactions=99999999999"
      })
  void rejectsImpossibleFlags(String flags) {
    SimulateRun run =
        SimulateRun.of(List.of("--output=" + folder.resolve("out")), flags.split(" "));

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.messages()).contains(flags.split("[= ]", 2)[0]);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "s3://bucket/file.jsonl",
        "file:///tmp/file.jsonl",
        "year.jsonl.bz2",
        "kafka://localhost:99999/topic",
        "kafka://localhost:0/topic",
        "kafka://localhost/topic",
        "kafka://localhost:9092/",
        "kafka://localhost:9092/..",
        "kafka://localhost:9092/a topic"
      })
  void rejectsImpossibleOutputs(String output) {
    SimulateRun run = SimulateRun.of(List.of("--output=" + output));

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.messages()).startsWith("--output=" + output + ": ").hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e400", "0", "-1", "5d"})
  void rejectsImpossibleSpeeds(String speed) {
    SimulateRun run = SimulateRun.of(List.of("--output=-", "--speedup=" + speed));

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.messages()).startsWith("--speedup=" + speed + ": ");
  }

  @Test
  void reportsAWrongSpanOnly() {
    SimulateRun run = SimulateRun.of(List.of("--output=-", "--start=2023-02-01", "--skew=1000000"));

    assertThat(run.messages()).startsWith("--start=2023-02-01T00:00, --end").hasLineCount(2);
  }

  @Test
  void reportsAnIdleTimeThatCoversEverything() {
    SimulateRun run = SimulateRun.of(List.of("--output=-", "--idle=2022-01-01/2023-01-01"));

    assertThat(run.messages()).contains("covers the whole time").hasLineCount(2);
  }

  @Test
  void rejectsOneFileForTwoOutputs() {
    Path file = folder.resolve("same");
    Path again = folder.resolve("by/../same");

    SimulateRun run = SimulateRun.of(List.of("--output=" + file), "--truth=" + again);

    assertThat(run.exitStatus()).isEqualTo(2);
  }

  @Test
  void requiresAnOutput() {
    SimulateRun run = SimulateRun.of(List.of());

    assertThat(run.exitStatus()).isEqualTo(2);
    assertThat(run.messages()).contains("--output");
  }
}
