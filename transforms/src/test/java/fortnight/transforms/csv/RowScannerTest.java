package fortnight.transforms.csv;

import static fortnight.transforms.csv.RowScanner.MAX_QUOTED;
import static fortnight.transforms.csv.RowScanner.NOT_FOUND;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.formats.CsvCharset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scans rows byte by byte, so that the number of scanned bytes is known. */
class RowScannerTest {
  private static final CsvCharset CHARSET = CsvCharset.of(ISO_8859_1, new byte[0], 0, 0);

  private final RowScanner scanner = new RowScanner(CHARSET, ',');
  private final List<String> rows = new ArrayList<>();
  private long scanned;

  @Test
  void scansAByteTwiceAtMost() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(100); j >= 0; j--) {
        text.append("\"\"\"\n,x".charAt(random.nextInt(6)));
      }
      split(text.toString());

      assertThat(scanned).as(text.toString()).isLessThanOrEqualTo(2L * text.length());
    }
  }

  @Test
  void scansAByteTwiceAtMostIfFieldsAreNotClosedWithinTheLimit() {
    String line = "c,\"\",x\"\"y,\"\"\"\"" + "z".repeat(1_000) + "\n";
    String text = ("a,\"b\n" + line.repeat(MAX_QUOTED / line.length() + 1)).repeat(2) + "d,\"e\n";

    split(text);

    assertThat(rows).isEqualTo(text.lines().toList());
    assertThat(scanned).isBetween(2L * MAX_QUOTED, 2L * text.length());
  }

  @Test
  void closesAFieldOfTheMaximumSize() {
    String field = "\"\n" + "x".repeat(MAX_QUOTED - 3) + "\"";

    split("1," + field + ",a\n\"\n\"");

    assertThat(rows).containsExactly("1," + field + ",a", "\"\n\"");
  }

  @Test
  void endsALargerFieldAtItsFirstLineEnd() {
    String rest = "x".repeat(MAX_QUOTED - 2) + "\",a";

    split("1,\"\n" + rest + "\nb");

    assertThat(rows).containsExactly("1,\"", rest, "b");
  }

  @Test
  void doesNotLimitAFieldWithoutLineEnds() {
    String field = "\"" + "x".repeat(MAX_QUOTED + 10) + "\"";

    split(field + ",\"\n\"\na");

    assertThat(rows).containsExactly(field + ",\"\n\"", "a");
  }

  private void split(String text) {
    rows.clear();
    scanned = 0;
    byte[] bytes = text.getBytes(ISO_8859_1);
    int rowStart = 0;
    while (rowStart < bytes.length) {
      int length = (int) rowLength(bytes, rowStart);
      rows.add(text.substring(rowStart, rowStart + length));
      rowStart += length + 1;
    }
  }

  private long rowLength(byte[] bytes, int rowStart) {
    scanner.begin();
    for (int limit = rowStart + 1; limit <= bytes.length; limit++) {
      scanned++;
      long length = scanner.scan(bytes, rowStart, limit);
      if (length != NOT_FOUND) {
        return length;
      }
    }
    return scanner.isInQuotes() && scanner.lineEndInField() != NOT_FOUND
        ? scanner.lineEndInField()
        : bytes.length - rowStart;
  }
}
