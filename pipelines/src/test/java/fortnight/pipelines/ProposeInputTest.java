package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code propose} reads of an input, and what it ignores. */
class ProposeInputTest {
  private static final String ORDER =
      """
      {"id": 1, "at": "2023-01-02T10:00:00", "lines": [{"sku": "a", "qty": 2}]}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"hello", "[{\"id\": 1}]", "id,time", "{\"id\": ", "7", "{} {}"})
  void rejectsInputThatIsNotJsonObjects(String line) throws IOException {
    ProposeRun result = propose(line + "\n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("fortnight: FILE:0: is not a JSON object")
        .endsWith("; write one JSON object per line, for example with jq -c\n");
  }

  @Test
  void rejectsInputWithoutRecords() throws IOException {
    ProposeRun result = propose("\n \n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("fortnight: FILE: contains no records\n");
  }

  @Test
  void ignoresSomeLinesThatAreNotJson() throws IOException {
    ProposeRun result = propose("hello\n" + ORDER + ORDER.replace("1,", "2,"));

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("This format accepts 2 of 2 records.");
    assertThat(result.err())
        .isEqualTo(
            "fortnight: 1 of 3 records are ignored, the first is FILE:0, which is not a JSON"
                + " object\n");
  }

  @Test
  void readsAThousandRecordsOfCompressedFiles() throws IOException {
    Path file = directory.resolve("orders.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 1_001; i++) {
        String line =
            "{\"id\": %d, \"time\": \"2023-01-02T10:00:00\", \"sku\": \"a\", \"qty\": 1}%n";
        gzip.write(line.formatted(i).getBytes(UTF_8));
      }
    }

    ProposeRun result = ProposeRun.of("--input=" + directory + "/*.gz");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("item: sku ", "\"a\", in 1,000 of 1,000 records");
  }

  @Test
  void ignoresRecordsThatAreTooLarge() throws IOException {
    String large = "{\"note\": \"" + "x".repeat(1 << 20) + "\"}\n";

    ProposeRun some = propose(ORDER + large);
    ProposeRun all = propose(large);

    assertThat(some.err())
        .isEqualTo(
            "fortnight: 1 of 2 records are ignored, the first is FILE:74, which has 1048588 bytes,"
                + " more than 1048576\n");
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.err())
        .startsWith("fortnight: FILE:0: has 1048588 bytes, more than 1048576; write one JSON");
  }

  @Test
  void readsAtMost64Mebibytes() throws IOException {
    Path file = directory.resolve("orders.gz");
    byte[] order = (ORDER.strip() + " ".repeat(1_000_000) + "\n").getBytes(UTF_8);
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 70; i++) {
        gzip.write(order);
      }
    }

    ProposeRun result = ProposeRun.of("--input=" + file);

    assertThat(result.out())
        .contains(
            """
            # This format accepts 68 of 68 records.
            # Only the first 68 records are read, which have 64 MiB.
            """);
  }

  @Test
  void usesTenThousandPaths() throws IOException {
    StringBuilder record = new StringBuilder(ORDER.strip());
    record.setLength(record.length() - 1);
    for (int i = 0; i < 20_000; i++) {
      record.append(", \"a%1$d\": [{\"sku\": 1}], \"k%1$d\": 1".formatted(i));
    }

    ProposeRun result = propose(record + "}\n");

    assertThat(result.out())
        .contains("# Only the first 10,000 paths of the records are used.\n", "id: id ");
  }

  @Test
  void usesNoFurtherRecordsAfterAMillionValues() throws IOException {
    String line = "{\"sku\": 1, \"qty\": 1}";
    String lines = ("," + line).repeat(40_000).substring(1);
    String order = "{\"id\": 1, \"at\": \"2023-01-02T10:00\", \"lines\": [" + lines + "]}\n";

    ProposeRun result = propose(order.repeat(15));

    assertThat(result.out()).contains("# Only the first 13 records are used,");
  }

  private ProposeRun propose(String records) throws IOException {
    return ProposeRun.ofRecords(directory, records);
  }
}
