package fortnight.pipelines.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.Redrive;
import fortnight.transforms.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the flags of a redrive is named all at once, and nothing is sent. */
class RedriveFlagsTest {
  private static final String FROM = "--from=kafka://localhost:9092/dead";
  private static final String TO = "--to=kafka://localhost:9092/sales";

  @TempDir Path directory;

  @Test
  void namesAllThatIsWrongAtOnce() {
    String problems =
        refused(
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
        .anyMatch(line -> line.startsWith("--from=kafka://localhost/dead: say kafka://HOST:PORT"))
        .anyMatch(line -> line.startsWith("--to=sales: say kafka://HOST:PORT"))
        .anyMatch(line -> line.startsWith("--since=soon: "))
        .anyMatch(line -> line.startsWith("--before=2023-02-30: "))
        .anyMatch(line -> line.startsWith("--kafkaConfig="))
        .contains(
            "--reason=BAD_DAY: no such reason; there are MALFORMED_JSON, MISSING_FIELD, BAD_ID,"
                + " BAD_QUANTITY, BAD_TIMESTAMP, TIMESTAMP_OUT_OF_RANGE")
        .hasSize(9)
        .last()
        .isEqualTo("Nothing was sent. See --help.");
  }

  @Test
  void needsBothPlaces() {
    assertThat(refused()).contains("--from", "--to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--reason=",
        "--reason=BAD_ID,,BAD_QUANTITY",
        "--reason=TOO_LARGE",
        "--since=yesterday",
        "--before=12:00",
        "--kafkaConfig="
      })
  void namesTheFlagThatIsWrong(String wrong) {
    String flag = wrong.substring(0, wrong.indexOf('='));

    assertThat(refused(FROM, TO, wrong)).startsWith(flag).hasLineCount(2);
  }

  @Test
  void sendsNothingIntoTheTopicThatItComesFrom() {
    assertThat(refused(FROM, FROM.replace("from", "to"))).startsWith("--from, --to: ");
  }

  @Test
  void takesNoStretchOfTimeThatIsEmpty() {
    assertThat(refused(FROM, TO, "--since=2023-01-02", "--before=2023-01-02"))
        .startsWith("--since must be earlier than --before");
  }

  @Test
  void knowsNoTimesOfAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("dead-letters.jsonl"), "");

    assertThat(refused("--from=" + file, TO, "--since=2023-01-01", "--before=2023-01-02").lines())
        .startsWith(
            "--since=2023-01-01: the dead letters of a file have no time",
            "--before=2023-01-02: the dead letters of a file have no time");
    assertThat(refused("--from=" + directory, TO)).startsWith("--from=" + directory + ": ");
  }

  @Test
  void readsEachFlag() {
    RedriveRequest request =
        RedriveFlagReading.read(
            new RedriveFlags(),
            FROM,
            TO,
            "--reason=bad_id, BAD_QUANTITY",
            "--since=2023-01-01",
            "--before=2023-01-01T12:00:00+01:00",
            "--again",
            "--dryRun");

    assertThat(request.fromTopic()).contains(new TopicAddress("localhost:9092", "dead"));
    assertThat(request.to()).isEqualTo(new TopicAddress("localhost:9092", "sales"));
    assertThat(request.dryRun()).isTrue();
    assertThat(request.filter().again()).isTrue();
    assertThat(request.filter().reasons())
        .containsExactlyInAnyOrder(RejectReason.BAD_ID, RejectReason.BAD_QUANTITY);
    assertThat(request.filter().since()).contains(Instant.parse("2023-01-01T00:00:00Z"));
    assertThat(request.filter().before()).contains(Instant.parse("2023-01-01T11:00:00Z"));
  }

  @Test
  void helpsWithoutAnyOtherFlag() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(Redrive.run(stream(out), stream(err), "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--from", "--again", "Exit status");
    assertThat(err.size()).isZero();
  }

  private static String refused(String... args) {
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
