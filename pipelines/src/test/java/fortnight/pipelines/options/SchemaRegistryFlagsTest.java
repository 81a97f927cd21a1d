package fortnight.pipelines.options;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.TestRun;
import fortnight.transforms.avro.SchemaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry is required where it is used, and its secrets are never shown. */
class SchemaRegistryFlagsTest {
  private static final String SECRET = "open-sesame-4711";
  private static final String TOPIC = "--input=kafka://localhost:9092/sales";
  private static final String AVRO = "--format=id=id,time=at,item=lines[].sku,records=avro";
  private static final String URL = "--schemaRegistry=http://localhost:8081";

  @TempDir Path directory;

  @Test
  void isRequiredForATopicOfAvro() {
    assertThat(errors(TOPIC, AVRO))
        .startsWith("--schemaRegistry: missing; the messages of a topic with records: avro contain")
        .doesNotContain("--schemaRegistryConfig");
  }

  @Test
  void isRefusedWhereItIsNotUsed() throws IOException {
    Path file = Files.writeString(directory.resolve("sales.jsonl"), "{}\n");

    assertThat(errors(TOPIC, URL))
        .startsWith("--schemaRegistry: only for a topic with records: avro in --format; omit it\n");
    assertThat(errors("--input=" + file, URL))
        .startsWith("--schemaRegistry: only for a topic with records: avro in --format; omit it\n");
    assertThat(errors(TOPIC, "--schemaRegistryConfig=" + config("bearer.auth.token=t")))
        .startsWith("--schemaRegistryConfig: only with --schemaRegistry\n");
    assertThat(errors(TOPIC, URL, "--format=id=id")).doesNotContain("--schemaRegistry");
  }

  @Test
  void canBeNone() throws IOException {
    RetailConfig flags =
        RetailConfig.parse(TOPIC, AVRO, "--schemaRegistry=none", "--output=" + directory);

    assertThat(flags.input().schemas()).isSameAs(SchemaSource.NONE);
    assertThat(
            errors(
                TOPIC,
                AVRO,
                "--schemaRegistry=none",
                "--schemaRegistryConfig=" + config("bearer.auth.token=t")))
        .startsWith("--schemaRegistryConfig: not with --schemaRegistry=none; omit it\n");
    assertThat(errors(TOPIC, "--schemaRegistry=none"))
        .startsWith("--schemaRegistry: only for a topic with records: avro in --format; omit it\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8081", "kafka://h:1", "http://", "http://h:x y", "http://h/#a"})
  void rejectsOtherAddresses(String url) {
    assertThat(errors(TOPIC, AVRO, "--schemaRegistry=" + url))
        .startsWith("--schemaRegistry=" + url + ": ")
        .contains("; use http://HOST:8081\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop:SECRET@localhost:8081",
        "shop:SECRET@localhost:8081",
        "http:shop:SECRET@localhost:8081",
        "http://localhost:8081?token=SECRET"
      })
  void rejectsCredentialsInTheAddressWithoutShowingThem(String address) {
    assertThat(errors(TOPIC, AVRO, "--schemaRegistry=" + address.replace("SECRET", SECRET)))
        .startsWith(
            "--schemaRegistry: contains @ or ?, perhaps a secret, which other users can see;")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "user.info=x, set either basic.auth.user.info or bearer.auth.token",
        "basic.auth.user.info=open-sesame-4711, the value of basic.auth.user.info is not USER:PASS",
        "bearer.auth.token=open sesame-4711, the value of bearer.auth.token is not a token",
        "bearer.auth.token=open-sesame-4711\\u1, a \\u is not followed by four hexadecimal digits"
      })
  void rejectsFilesWithoutCredentials(String setting, String message) throws IOException {
    Path config = config(setting);

    assertThat(errors(TOPIC, AVRO, URL, "--schemaRegistryConfig=" + config))
        .startsWith("--schemaRegistryConfig=" + config + ": " + message)
        .doesNotContain("sesame");
  }

  @Test
  void rejectsAFileThatIsAbsent() {
    Path absent = directory.resolve("absent");

    assertThat(errors(TOPIC, AVRO, URL, "--schemaRegistryConfig=" + absent))
        .startsWith("--schemaRegistryConfig=" + absent + ": not a readable file\n");
  }

  @Test
  void serializesOnlyThePathOfTheFile() throws IOException {
    Path config = config("basic.auth.user.info=shop:" + SECRET);

    RetailConfig flags =
        RetailConfig.parse(
            TOPIC, AVRO, URL + "/", "--schemaRegistryConfig=" + config, "--output=" + directory);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(flags.input());
    }
    String serialized = bytes.toString(ISO_8859_1);
    assertThat(serialized).contains("http://localhost:8081", config.toString());
    assertThat(serialized + flags.options()).doesNotContain(SECRET);
    assertThat(flags.input().schemas())
        .hasToString("SchemaRegistry[url=http://localhost:8081, configFile=%s]".formatted(config));
  }

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("registry.properties"), text + "\n");
  }

  private String errors(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--output=" + directory.resolve("out");
    TestRun run = TestRun.of(all);
    assertThat(run.status()).as(run.err()).isEqualTo(CommandException.WRONG_FLAGS);
    return run.err();
  }
}
