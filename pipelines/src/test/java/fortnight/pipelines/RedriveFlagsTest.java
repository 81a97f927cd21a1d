package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedriveFlagsTest {
  private static final String FROM = "--from=kafka://localhost:9092/dead";
  private static final String TO = "--to=kafka://localhost:9092/sales";

  @TempDir Path directory;

  @Test
  void reportsAllWrongFlagsAtOnce() {
    String problems =
        reject(
            "--from=kafka://localhost/dead",
            "--to=sales",
            "--reasons=BAD_ID",
            "--reason=BAD_DAY,BAD_ID",
            "--since=soon",
            "--before=2023-02-30",
            "--kafkaConfig=" + directory.resolve("absent"),
            "--dryRun=perhaps");

    assertThat(problems.lines())
        .anyMatch(line -> line.contains("--reasons") && line.contains("did you mean --reason?"))
        .anyMatch(line -> line.contains("--dryRun") && line.contains("perhaps"))
        .anyMatch(line -> line.startsWith("--from=kafka://localhost/dead: use kafka://HOST:PORT"))
        .anyMatch(line -> line.startsWith("--to=sales: use kafka://HOST:PORT"))
        .anyMatch(line -> line.startsWith("--since=soon: not a date or time"))
        .anyMatch(line -> line.startsWith("--before=2023-02-30: "))
        .anyMatch(line -> line.startsWith("--kafkaConfig="))
        .contains(
            "--reason=BAD_DAY: unknown reason; use MALFORMED_JSON, MALFORMED_CSV,"
                + " MALFORMED_AVRO, MISSING_FIELD, BAD_ID,"
                + " BAD_QUANTITY, BAD_PRICE, BAD_TIMESTAMP, TIMESTAMP_OUT_OF_RANGE")
        .hasSize(9)
        .last()
        .isEqualTo("See --help.");
  }

  @Test
  void requiresFromAndTo() {
    assertThat(reject()).contains("--from", "--to").hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--reason=",
        "--reason=BAD_ID,,BAD_QUANTITY",
        "--reason=TOO_LARGE",
        "--reason=LOST_OFFSETS",
        "--since=yesterday",
        "--before=12:00",
        "--kafkaConfig="
      })
  void reportsTheFlagThatIsWrong(String wrong) {
    String flag = wrong.substring(0, wrong.indexOf('='));

    assertThat(reject(FROM, TO, wrong)).startsWith(flag).hasLineCount(2);
  }

  @Test
  void rejectsTheSameTopicTwice() {
    assertThat(reject(FROM, FROM.replace("from", "to"))).startsWith("--from, --to: ");
  }

  @Test
  void rejectsAnEmptyRangeOfTime() {
    assertThat(reject(FROM, TO, "--since=2023-01-02", "--before=2023-01-02"))
        .startsWith("--since must be earlier than --before");
  }

  @Test
  void rejectsTimesForAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("dead-letters.jsonl"), "");

    assertThat(reject("--from=" + file, TO, "--since=2023-01-01", "--before=2023-01-02").lines())
        .startsWith(
            "--since: not supported for a file, because its dead letters have no timestamp",
            "--before: not supported for a file, because its dead letters have no timestamp");
    assertThat(reject("--from=" + directory, TO)).startsWith("--from=" + directory + ": ");
  }

  @Test
  void printsHelpWithoutOtherFlags() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(Redrive.run(stream(out), stream(err), "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--from", "--again", "Exit status");
    assertThat(err.size()).isZero();
  }

  private static String reject(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(Redrive.run(stream(out), stream(err), args)).isEqualTo(2);

    assertThat(out.size()).isZero();
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
