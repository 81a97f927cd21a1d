package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code propose} uses, and those that it leaves out. */
class ProposeFilesTest {
  private static final String ROWS =
      """
      order_id,created,sku,qty,price,city
      1,2023-01-02T10:00:00,a,2,9.99,Köln
      2,2023-01-02T11:00:00,b,1,5.00,Köln
      """;

  private static final String ORDER =
      """
      {"id": 1, "at": "2023-01-02T10:00:00", "lines": [{"sku": "a", "qty": 2}]}
      """;

  @TempDir Path directory;

  @Test
  void leavesOutFilesThatDifferFromTheFirst() throws IOException {
    write("0-header.csv", ROWS.substring(0, ROWS.indexOf('\n') + 1));
    write("a.csv", ROWS);
    write("b.csv", ROWS.replace(',', ';'));
    write("c.csv", ORDER);
    write("d.csv", ROWS.substring(ROWS.indexOf('\n') + 1));
    Files.write(directory.resolve("e.csv"), ROWS.getBytes(ISO_8859_1));
    write("f.csv", ROWS.replace("ö", "oe"));
    write("g.csv", "");
    write("h.csv", ROWS.substring(0, ROWS.indexOf('\n')));

    ProposeRun result = propose("*.csv");

    String leftOut =
        "Files that are not like DIR/a.csv are left out, and need a format of their own:"
            + " DIR/0-header.csv has too few rows of CSV, DIR/b.csv has the delimiter ;, DIR/c.csv"
            + " is JSON, DIR/d.csv has no header, DIR/e.csv is in ISO-8859-1.";
    assertThat(result.out())
        .startsWith(
            """
            # Proposed for the records of DIR/*.csv
            # This format accepts 4 of 4 records.
            # %s

            records: csv
            id: order_id\
            """
                .formatted(leftOut));
    assertThat(result.err()).isEqualTo("fortnight: " + leftOut + "\n");
  }

  @Test
  void comparesFilesWhoseRecordsAreNotNeeded() throws IOException {
    write("a.jsonl", ORDER.repeat(1_000));
    write("b.jsonl", ROWS);
    write("c.jsonl", ORDER);

    assertThat(propose("*.jsonl").out())
        .contains(
            "in 1,000 of 1,000 records",
            "left out, and need a format of their own: DIR/b.jsonl is CSV.\n");
  }

  @Test
  void usesDecimalCommasOfAnyFile() throws IOException {
    String rows = ROWS.replace(',', ';');
    write("a.csv", rows.replace("9.99", "9").replace("5.00", "5"));
    write("b.csv", rows.replace('.', ','));
    write("c.csv", rows);

    assertThat(propose("*.csv").out())
        .contains(
            "decimalComma: true\n",
            "This format accepts 4 of 4 records.",
            "own: DIR/c.csv has decimal points.\n");
  }

  @Test
  void isCsvIfALineInAFieldBeginsAsJson() throws IOException {
    write(
        "a.csv",
        "order_id,created,sku,qty,note\n"
            + "1,2023-01-02T10:00:00,a,2,\"x\n{\"\"a\"\": 1}\n[1]\"\n".repeat(3));

    assertThat(propose("a.csv").out())
        .contains("records: csv\n", "This format accepts 3 of 3 records.");
  }

  @Test
  void isJsonIfMostLinesAreObjects() throws IOException {
    write("a.jsonl", "started, reading\n" + ORDER.repeat(12));

    assertThat(propose("a.jsonl").out())
        .contains("item: lines[].sku ", "This format accepts 12 of 12 records.")
        .doesNotContain("csv");
  }

  private void write(String name, String text) throws IOException {
    Files.write(directory.resolve(name), text.getBytes(UTF_8));
  }

  private ProposeRun propose(String glob) {
    ProposeRun run = ProposeRun.of("--input=" + directory + "/" + glob);
    String path = directory.toString();
    return new ProposeRun(
        run.status(), run.out().replace(path, "DIR"), run.err().replace(path, "DIR"));
  }
}
