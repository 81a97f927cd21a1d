package fortnight.pipelines.propose;

import fortnight.transforms.Payload;
import fortnight.transforms.csv.CsvColumns;
import fortnight.transforms.csv.CsvFields;
import fortnight.transforms.csv.CsvFields.MalformedRowException;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rows of a sample in CSV, and the keys of the format that describe how they are written. */
final class CsvSample {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("-?\\d+,\\d+");
  private static final int ASCII = 0x80;
  private static final char DEFAULT_DELIMITER = ',';
  private static final String DEFAULT_CHARSET = "UTF-8";

  private final RecordEncoding.Csv encoding;
  private final boolean isCharsetCertain;
  private boolean isAscii = true;
  private @Nullable CsvColumns columns;

  /** Creates a sample of rows in an encoding, whose charset may be a guess. */
  CsvSample(RecordEncoding.Csv encoding, boolean isCharsetCertain) {
    this.encoding = encoding;
    this.isCharsetCertain = isCharsetCertain;
  }

  /** Returns whether the rows can be read in another encoding, and are all in ASCII or it. */
  boolean canBeReadAs(RecordEncoding.Csv other) {
    return other.delimiter() == encoding.delimiter()
        && other.hasHeader() == encoding.hasHeader()
        && other.decimalComma() == encoding.decimalComma()
        && (isAscii || other.charset().equals(encoding.charset()));
  }

  /**
   * Adds the fields of a row.
   *
   * @throws IOException if it is malformed
   */
  void add(Payload row, RecordPaths paths) throws IOException {
    if (columns == null || !columns.areOf(row.preamble())) {
      columns = CsvColumns.of(encoding, row.preamble(), List.of());
    }
    String text = columns.charset().decode(row.array(), row.from(), row.length());
    if (text == null) {
      throw new IOException("not " + columns.charset());
    }
    isAscii &= columns.charset().unit() == 1 && text.chars().allMatch(c -> c < ASCII);
    List<String> fields;
    try {
      fields = new CsvFields(encoding.delimiter()).list(text);
    } catch (MalformedRowException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (fields.size() != columns.count()) {
      throw new IOException("%d fields, and %d columns".formatted(fields.size(), columns.count()));
    }
    paths.add(columns.names(), fields.stream().map(this::withPoint).toList());
  }

  /** Returns a number with a decimal point, as other values are written. */
  private String withPoint(String field) {
    return encoding.decimalComma() && DECIMAL_COMMA.matcher(field).matches()
        ? field.replace(',', '.')
        : field;
  }

  /** Adds the keys that differ from their defaults. */
  void propose(FormatFile file) {
    file.set("records", "csv", "");
    if (encoding.delimiter() != DEFAULT_DELIMITER) {
      String delimiter = encoding.delimiter() == '\t' ? "\\t" : "" + encoding.delimiter();
      file.set("delimiter", '"' + delimiter + '"', "");
    }
    if (!encoding.charset().equals(DEFAULT_CHARSET)) {
      file.set(
          "charset",
          encoding.charset(),
          isCharsetCertain ? "" : "a guess, because the bytes are not valid UTF-8");
    }
    if (!encoding.hasHeader()) {
      file.set(
          "header",
          encoding.columns().toString(),
          "names for the columns, because the first row has values");
    }
    if (encoding.decimalComma()) {
      file.set("decimalComma", "true", "");
    }
  }
}
