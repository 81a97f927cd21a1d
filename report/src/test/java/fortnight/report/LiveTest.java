package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void reportsAllFlagErrorsAtOnce() {
    int status =
        run(
            "--input=shop.",
            "--transactions=a/b",
            "--port=70000",
            "--tansactions=x",
            "--catalog=no",
            "--kafkaConfig=none",
            "--timeZone=Mars");

    assertThat(status).isEqualTo(2);
    assertThat(errors.toString(UTF_8).lines())
        .containsExactlyInAnyOrder(
            "--tansactions: unknown flag; did you mean --transactions?",
            "--port=70000: from 0 to 65535",
            "--catalog=no: not a readable file",
            "--kafkaConfig=none: not a readable file",
            "--input=shop.: use kafka://HOST:PORT[,HOST:PORT...]/PREFIX",
            "--transactions=a/b: a topic's name has at most 249 of a-z, A-Z, 0-9, '.', '_' and"
                + " '-'; the topic is at the brokers of --input",
            "--timeZone=Mars: unknown time zone; use Europe/Berlin or +01:00",
            "See --help.");
  }

  @Test
  void reportsAllErrorsOfTheFlagsForTablesWithoutSecrets() {
    int status =
        run(
            "--input=postgresql://shop:secret-4711@localhost:5432/shop",
            "--transactions=transactions",
            "--jdbcConfig=none");

    assertThat(status).isEqualTo(2);
    assertThat(errors.toString(UTF_8).lines())
        .containsExactlyInAnyOrder(
            "--input: contains a user or a password, which other users can see; set them in"
                + " --jdbcConfig, and use postgresql://HOST:PORT/DATABASE[?schema=NAME]",
            "--transactions=transactions: use kafka://HOST:PORT[,HOST:PORT...]/TOPIC",
            "--jdbcConfig=none: not a readable file",
            "See --help.");
  }

  @Test
  void rejectsFlagsWithoutEffect() {
    assertThat(run("--input=kafka://localhost:9092/shop.", "--jdbcConfig=none")).isEqualTo(2);
    assertThat(run("--input=postgresql://localhost:5432/shop", "--kafkaConfig=none")).isEqualTo(2);

    assertThat(errors.toString(UTF_8).lines())
        .containsExactly(
            "--jdbcConfig: only for --input=postgresql://…; omit it",
            "See --help.",
            "--kafkaConfig: only for topics; set --transactions, or omit it",
            "See --help.");
  }

  @Test
  void requiresTheInput() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors.toString(UTF_8)).startsWith("--input: required");
  }

  @Test
  void printsHelpWithDefaultsAndAnExample() {
    assertThat(run("--help")).isZero();
    assertThat(output.toString(UTF_8).replaceAll("\\s+", " "))
        .contains(
            "default: 8080", "default: 127.0.0.1", "live --input=kafka://localhost:9092/shop.");
  }

  private int run(String... args) {
    return new Live()
        .execute(new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8), args);
  }
}
