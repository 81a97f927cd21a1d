package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over files in CSV. */
class CsvRunTest {
  private static final String FORMAT =
      "--format=records=csv,id=id,time=time,customer=customer,item=sku,quantity=qty";

  private static final String JSON =
      "--format=id=id,time=time,customer=customer,item=lines[].sku,quantity=lines[].qty";

  private static final String ALL =
      "--analyses=weekly-volume,volume-change,product-volume,product-volume-change,"
          + "weekly-customers,customer-change";

  private static final Pattern VERSION = Pattern.compile("\"version\":\\d+");

  private static final String PRODUCTS = "--analyses=product-volume,product-volume-change";

  private static final String HEADER = "id,time,customer,sku,qty\n";

  @TempDir Path directory;

  @Test
  void givesTheRowsOfTheSameRecordsInJson() throws IOException {
    Records records = new Records(300);

    Map<String, String> json = results(file("a.jsonl", records.json(), UTF_8), JSON, ALL);
    Map<String, String> csv =
        results(file("b.csv", HEADER + records.shuffledRows(), UTF_8), FORMAT, ALL);

    assertThat(json.get("product-volume.jsonl"))
        .contains("\"item_id\":\"Gr\u00f6\u00dfe, \\\"1\\\"\"");
    assertThat(json.get("weekly-customers.jsonl")).contains("\"customers\":");
    for (String products : List.of("product-volume.jsonl", "product-volume-change.jsonl")) {
      assertThat(csv.get(products)).isEqualTo(json.get(products));
    }
    // The version of a row is the number of its records: of rows, or of transactions.
    json.replaceAll((file, rows) -> VERSION.matcher(rows).replaceAll(""));
    csv.replaceAll((file, rows) -> VERSION.matcher(rows).replaceAll(""));
    assertThat(csv).isEqualTo(json);
  }

  @Test
  void readsAnyCharsetAndCompression() throws IOException {
    String rows = HEADER + new Records(50).shuffledRows();
    Path gzip = directory.resolve("c.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(("\uFEFF" + rows).getBytes(UTF_16LE));
    }
    Map<String, String> expected = results(file("a.csv", rows, UTF_8), FORMAT, PRODUCTS);

    assertThat(results(file("b.csv", rows, ISO_8859_1), FORMAT + ",charset=latin1", PRODUCTS))
        .isEqualTo(expected);
    assertThat(results(gzip, FORMAT + ",charset=UTF-16", PRODUCTS)).isEqualTo(expected);
    assertThat(
            results(file("d.csv", "\uFEFF" + rows, UTF_16LE), FORMAT + ",charset=UTF-16", PRODUCTS))
        .isEqualTo(expected);
    assertThat(
            results(
                file("e.csv", rows.replace("\n", "\r"), UTF_16LE),
                FORMAT + ",charset=UTF-16LE",
                PRODUCTS))
        .isEqualTo(expected);
    assertThat(results(file("f.csv", "\uFEFF" + rows, UTF_8), FORMAT, PRODUCTS))
        .isEqualTo(expected);
  }

  @Test
  void readsFilesWithDifferentHeaders() throws IOException {
    Files.createDirectory(directory.resolve("in"));
    file("in/a.csv", HEADER + "1,2023-01-02T09:00,c,a,2\n", UTF_8);
    file("in/b.csv", "qty;x,sku,id,customer,note,time,qty\n3,a,2,,,2023-01-02T09:01,4\n", UTF_8);

    TestRun run = run(directory.resolve("in") + "/*", FORMAT);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TestRun.texts(directory.resolve("out")).get("product-volume.jsonl"))
        .contains("\"item_id\":\"a\",\"line_items\":2,\"units\":6");
  }

  @Test
  void reportsAllMistakesOfHeadersBeforeTheRun() throws IOException {
    Files.createDirectory(directory.resolve("in"));
    Path first = file("in/a.csv", "id,time,customer,SKU,qty\n1,2,3,4,5\n", UTF_8);
    file("in/b.csv", "id,time,customer,SKU,qty\n1,2,3,4,5\n", UTF_8);
    Path other = file("in/c.csv", "id,time,customer,sku,quantity,id\n1,2,3,4,5,6\n", UTF_8);
    Path latin = file("in/d.csv", "id,\u00e9\n1,2\n", ISO_8859_1);
    file("in/e.csv", "other\n", UTF_8);

    TestRun run = run(directory.resolve("in") + "/*", FORMAT);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "--input: " + first + ": sku: missing; the header has SKU",
            "--input: " + other + ": id: several columns of the header have this name; rename them",
            "--input: " + other + ": qty: missing; the header has id",
            "--input: " + latin + ": header: not UTF-8; set charset to that of the input",
            "See --help.");
  }

  @Test
  void reportsAFileInAnotherCharset() throws IOException {
    Path file = file("a.csv", "\uFEFF" + HEADER, UTF_16LE);

    TestRun run = run(file.toString(), FORMAT);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("is text in UTF-16; add charset: UTF-16 to the format");
  }

  @Test
  void reportsATopicWithAHeader() {
    TestRun run = run("kafka://localhost:1/orders", FORMAT, "--period=x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            FORMAT
                + ": header: true: the messages of a topic have no header; use header: [order_id,"
                + " time, sku], the names of the columns\n",
            "--period=x");
  }

  @Test
  void failsWithoutRows() throws IOException {
    TestRun run = run(file("a.csv", HEADER + "\n \n", UTF_8).toString(), FORMAT);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("no record was read: --input contains only blank lines and headers");
  }

  @Test
  void rejectsALargeRowThatContainsLinesLikeRows() throws IOException {
    String header = "id,time,customer,sku,qty,note\n";
    String row = "1,2023-01-02T09:00,c,a,2,";
    String large = "2,2023-01-02T09:00,c,a,40,\"" + (row + "\n").repeat(60_000) + "\"";
    Path file = file("a.csv", header + row + "\n" + large + "\n" + row + "\n", UTF_8);

    TestRun run = run(file.toString(), FORMAT);

    assertThat(run.count("records read")).isEqualTo(3);
    assertThat(run.count("accepted")).isEqualTo(2);
    assertThat(run.count("TOO_LARGE")).isEqualTo(1);
    Map<String, String> out = TestRun.texts(directory.resolve("out"));
    assertThat(out.get("product-volume.jsonl")).contains("\"line_items\":2,\"units\":4");
    String kept = large.substring(0, 1 << 16);
    assertThat(out.get("dead-letters.jsonl"))
        .hasLineCount(1)
        .contains(
            "\"source\":\"" + file + ":" + (header.length() + row.length() + 1) + "\"",
            kept.replace("\n", "\\n").replace("\"", "\\\""),
            large.length() + " bytes, more than 1048576");
  }

  @Test
  void readsAFileThatBeginsLikeAnArchive() throws IOException {
    String rows = "PARENT_ID,time,customer,sku,qty\n1,2023-01-02T09:00,c,a,2\n";

    TestRun run = run(file("a.csv", rows, UTF_8).toString(), FORMAT);

    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("id: missing; the header has ");
    assertThat(run(directory + "/a.csv", FORMAT.replace("id=id", "id=PARENT_ID")).status())
        .isZero();
  }

  private Path file(String name, String text, Charset charset) throws IOException {
    return Files.write(directory.resolve(name), text.getBytes(charset));
  }

  private Map<String, String> results(Path input, String... flags) throws IOException {
    TestRun run = run(input.toString(), flags);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.count("rejected")).isZero();
    return TestRun.texts(directory.resolve("out"));
  }

  private TestRun run(String input, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--input=" + input);
    args.add("--output=" + directory.resolve("out"));
    return TestRun.of(args);
  }

  /** Transactions of several line items. */
  private static final class Records {
    private final StringBuilder json = new StringBuilder();
    private final List<String> rows = new ArrayList<>();
    private final Random random = new Random(5);

    Records(int count) {
      for (int i = 0; i < count; i++) {
        String id = "t" + i;
        String time = "2023-01-%02dT%02d:30".formatted(1 + random.nextInt(28), random.nextInt(24));
        String customer = random.nextInt(4) == 0 ? "" : "c" + random.nextInt(20);
        List<String> lines = new ArrayList<>();
        for (int line = random.nextInt(4); line >= 0; line--) {
          int item = random.nextInt(5);
          int quantity = random.nextInt(9) - 2;
          lines.add(
              "{\"sku\":\"Gr\u00f6\u00dfe, \\\"%d\\\"\",\"qty\":%d}".formatted(item, quantity));
          rows.add(
              "%s,%s,%s,\"Gr\u00f6\u00dfe, \"\"%d\"\"\",%d\n"
                  .formatted(id, time, customer, item, quantity));
        }
        json.append(
            "{\"id\":\"%s\",\"time\":\"%s\",\"customer\":%s,\"lines\":%s}\n"
                .formatted(id, time, customer.isEmpty() ? "null" : '"' + customer + '"', lines));
      }
    }

    String json() {
      return json.toString();
    }

    String shuffledRows() {
      List<String> shuffled = Arrays.asList(rows.toArray(String[]::new));
      Collections.shuffle(shuffled, random);
      return String.join("", shuffled);
    }
  }
}
