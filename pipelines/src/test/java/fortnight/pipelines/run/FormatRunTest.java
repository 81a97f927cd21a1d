package fortnight.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.TestRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over records in formats of users. */
class FormatRunTest {
  private static final String PAID =
      "{\"order_id\":1,\"ts\":\"2023-01-02T09:00Z\",\"status\":\"paid\","
          + "\"lines\":[{\"sku\":\"a\",\"qty\":\"2\"}]}\n";

  private static final String FORMAT =
      "--format=id=order_id,time=ts,item=lines[].sku,quantity=lines[].qty";

  @TempDir Path directory;

  @Test
  void filtersAndCounts() throws IOException {
    String open = PAID.replace("paid", "open").replace("order_id", "number");
    String broken = PAID.replace("\"2\"", "\"two\"");

    TestRun run = run(PAID + open + open + broken, FORMAT + ",where=status = \"paid\"");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.count("records read")).isEqualTo(4);
    assertThat(run.count("accepted")).isEqualTo(1);
    assertThat(run.count("filtered")).isEqualTo(2);
    assertThat(run.count("BAD_QUANTITY")).isEqualTo(1);
    assertThat(TestRun.texts(directory.resolve("out")).get("product-volume.jsonl"))
        .contains("\"item_id\":\"a\"", "\"units\":2");
  }

  @Test
  void suggestsAPathOfTheFirstRecord() throws IOException {
    String mistyped = FORMAT.replace("order_id", "orderid");
    String otherArray = FORMAT.replace("lines[]", "items.line[]");

    assertThat(run(PAID, mistyped).err())
        .contains("the first for MISSING_FIELD: orderid: missing; the record has order_id;");
    assertThat(run(PAID, otherArray).err())
        .contains("MISSING_FIELD: items.line: missing; the record has lines;");
    assertThat(run(PAID, FORMAT.replace(".sku", ".sk")).err())
        .contains("MISSING_FIELD: lines[0].sk: missing; the record has lines[].sku;");
  }

  @Test
  void reportsConditionsThatNoRecordMeets() throws IOException {
    TestRun run = run(PAID + PAID, FORMAT + ",where=stauts = \"paid\"");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "--format: no record counts, all 2 are filtered; check where: stauts = \"paid\"\n");
  }

  @Test
  void namesTheConditionsIfAllOtherRecordsAreRejected() throws IOException {
    TestRun run = run(PAID + PAID + "{\n", FORMAT + ",where=status = \"Paid\"");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "nothing was accepted: 1 of 3 records were rejected,"
                + " 2 are filtered by where: status = \"Paid\", the first for MALFORMED_JSON");
  }

  @Test
  void quotesTheSuggestedPath() throws IOException {
    String dotted = PAID.replace("order_id", "order.id");

    assertThat(run(dotted, FORMAT.replace("order_id", "order.id")).err())
        .contains("MISSING_FIELD: order.id: missing; the record has 'order.id';");
  }

  @Test
  void rejectsFlatRecordsWithoutAnItem() throws IOException {
    TestRun run = run("{\"t\":\"2023-01-02T09:00\"}\n", "--format=id=none,time=t,item=i");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "the first for MISSING_FIELD: i: missing; the record has t; if i is a constant, use"
                + " item: \"i\" in double quotes;");
  }

  @Test
  void rejectsDuplicatesFlagWithoutIds() throws IOException {
    TestRun run = run(PAID, "--format=id=none,time=ts,item=\"all\"", "--dropDuplicatesWithin=1h");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--dropDuplicatesWithin: needs the id of each transaction, and the format has");
  }

  @Test
  void reportsAllMistakesOfAFormatWithOtherFlags() throws IOException {
    TestRun run = run(PAID, "--format=idd=a,time=b", "--period=soon");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.contains("--format="))).hasSize(3);
    assertThat(run.err()).contains("--period=soon");
  }

  @Test
  void doesNotCheckTheContentOfFilesIfTheFormatIsWrong() throws IOException {
    List<Path> files =
        List.of(
            Files.write(directory.resolve("a.csv"), "\uFEFFid,ts,sku\n".getBytes(UTF_16LE)),
            Files.writeString(directory.resolve("a.avro"), "Obj\u0001\u0004\u0000"),
            gzip("a.gz", "\uFEFFid,ts,sku\n".getBytes(UTF_16LE)));
    for (Path file : files) {
      for (String format : List.of("shopfy", "records=csv,id=a,time=b", "absent.yaml")) {
        TestRun run = TestRun.of("--input=" + file, "--format=" + format);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
            .hasSize(2)
            .anyMatch(line -> line.startsWith("--format=" + format + ": "))
            .contains("See --help.");
      }
    }
  }

  @Test
  void reportsOtherMistakesOfFilesTogetherWithAWrongFormat() throws IOException {
    Path archive = Files.writeString(directory.resolve("a.zip"), "PK\u0003\u0004");

    assertThat(TestRun.of("--input=" + archive, "--format=shopfy").err())
        .contains("--format=shopfy: unknown format", archive + " is a ZIP archive");
    assertThat(TestRun.of("--input=" + directory + "/absent", "--format=shopfy").err())
        .contains("--format=shopfy: unknown format", "absent: does not exist");
  }

  private Path gzip(String name, byte[] content) throws IOException {
    Path path = directory.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(content);
    }
    return path;
  }

  private TestRun run(String records, String... flags) throws IOException {
    Path input = Files.writeString(directory.resolve("orders.jsonl"), records);
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--input=" + input);
    args.add("--output=" + directory.resolve("out"));
    return TestRun.of(args);
  }
}
