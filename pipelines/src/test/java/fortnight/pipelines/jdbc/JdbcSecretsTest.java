package fortnight.pipelines.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.RetailAnalytics;
import fortnight.pipelines.TestRun;
import fortnight.pipelines.options.RetailConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the path of --jdbcConfig is known to anything that is displayed, stored or sent. */
class JdbcSecretsTest {
  private static final String SECRET = "open-sesame-4711";

  /** A port at which nothing listens. */
  private static final String OUTPUT = "--output=postgresql://localhost:1/shop";

  @TempDir Path directory;

  @Test
  void areNotInTheGraphOrItsDisplayData() throws Exception {
    Path config = write("user=shop\npassword=" + SECRET + "\n");
    RetailConfig flags =
        RetailConfig.parse(
            "--input=" + Files.writeString(directory.resolve("in.jsonl"), "{}\n"),
            OUTPUT,
            "--jdbcConfig=" + config);
    Pipeline pipeline = Pipeline.create(flags.options());

    RetailAnalytics.build(pipeline, flags);

    List<String> writers = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            assertThat(DisplayData.from(node.getTransform()).toString()).doesNotContain(SECRET);
            if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> step) {
              String bytes = serialized(step.getFn());
              assertThat(bytes).doesNotContain(SECRET);
              if (bytes.contains(config.toString())) {
                writers.add(node.getFullName());
              }
            }
          }
        });
    assertThat(writers)
        .containsExactly(
            "Write all rows/To tables/ParMultiDo(UpsertRows)",
            "Write all rows/Replace rows/ParMultiDo(ReplaceRows)");
    assertThat(flags.options().toString()).contains(config.toString()).doesNotContain(SECRET);
  }

  @Test
  void areNotInErrors() throws IOException {
    String input = "--input=" + Files.writeString(directory.resolve("in.jsonl"), "{}\n");

    assertThat(error(input, OUTPUT, "--jdbcConfig=" + write(SECRET + "\n")))
        .contains(
            "--jdbcConfig=" + directory.resolve("jdbc.properties"),
            ": has a line that is not a setting of the PostgreSQL driver; did you mean ");
    assertThat(error(input, OUTPUT, "--jdbcConfig=" + write("password=" + SECRET + "\\user\n")))
        .contains("a \\u is not followed by four hexadecimal digits");
    assertThat(error(input, "--output=postgresql://shop:" + SECRET + "@localhost:5432/shop"))
        .startsWith("--output: contains a user or a password");
    assertThat(error(input, "--output=postgresql://shop:" + SECRET + "/shop"))
        .startsWith("--output: not the address of a database");
    assertThat(error(input, "--deadLetters=postgresql://shop:" + SECRET + "/shop"))
        .startsWith("--deadLetters: not the address of a database");
    assertThat(error(input, OUTPUT, "--jdbcConfig=" + write("sslmode=" + SECRET + "\n")))
        .startsWith(
            "fortnight: postgresql://localhost:1/shop: the connection fails; check the server")
        .contains("--jdbcConfig=" + directory);
    assertThat(error(input, OUTPUT, "--jdbcConfig=" + write("password=" + SECRET + "\n")))
        .isEqualTo(
            "fortnight: postgresql://localhost:1/shop: nothing listens at localhost:1; check that"
                + " PostgreSQL runs there\n");
  }

  @Test
  void ofTwoWrongFlagsBothAreNamed() throws IOException {
    assertThat(
            error(
                "--output=postgresql://localhost/shop",
                "--deadLetters=kafka://localhost/shop",
                "--jdbcConfig=" + directory.resolve("absent")))
        .contains("--output: ", "--deadLetters=", "--jdbcConfig=", "not a readable file");
  }

  private static String error(String... flags) {
    TestRun run = TestRun.of(flags);
    assertThat(run.status()).isPositive();
    assertThat(run.err()).doesNotContain(SECRET, "\tat ");
    return run.err();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("jdbc.properties"), text);
  }

  private static String serialized(Object part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(ISO_8859_1);
  }
}
