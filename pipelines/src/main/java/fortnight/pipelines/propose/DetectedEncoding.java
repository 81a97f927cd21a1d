package fortnight.pipelines.propose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.csv.CsvFields;
import fortnight.transforms.csv.CsvFields.MalformedRowException;
import fortnight.transforms.csv.RowScanner;
import fortnight.transforms.formats.CsvCharset;
import fortnight.transforms.formats.RecordEncoding;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Detects by its first bytes whether an input is CSV. It is CSV if nearly all rows have the same
 * number of fields, at least two, and neither the first row nor most rows begin as JSON does.
 */
final class DetectedEncoding {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final double NEARLY_ALL = 0.8;
  private static final Pattern JSON =
      Pattern.compile("[\\s\\uFEFF]*(?:\\{|\\[\\s*[{\\[\"\\d\\]-])");

  /** What the name of a column is not: a number, or a date or time. */
  private static final Pattern DATA =
      Pattern.compile("[-+]?[\\d.,]*\\d[\\d.,]*|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*");

  private static final Pattern COMMA = Pattern.compile("-?\\d+,\\d+");
  private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(?:,\\d{3})+");
  private static final Pattern POINT = Pattern.compile("-?\\d+\\.\\d+");

  private final List<List<String>> rows;
  private final char delimiter;
  private final int columns;
  private final long consistent;

  /**
   * How an input is encoded.
   *
   * @param isCertain whether it begins with JSON, or is CSV
   * @param hasPoints whether it is CSV with decimal points
   */
  record Result(RecordEncoding encoding, boolean isCertain, boolean hasPoints) {}

  private DetectedEncoding(String text, char delimiter) {
    this.delimiter = delimiter;
    rows = rows(text, delimiter);
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
    columns =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(0);
    consistent = counts.getOrDefault(columns, 0);
  }

  /**
   * Returns the encoding of an input that begins with these bytes; JSON if it is not CSV.
   *
   * @param canHaveHeader whether the first row can have the names of the columns
   */
  static Result of(byte[] head, boolean canHaveHeader) {
    Charset charset = charset(head);
    String text = new String(head, charset);
    if (JSON.matcher(text).lookingAt()) {
      return new Result(RecordEncoding.JSON, true, false);
    }
    DetectedEncoding best = null;
    for (char delimiter : DELIMITERS) {
      DetectedEncoding detected = new DetectedEncoding(text, delimiter);
      if (detected.isConsistent() && (best == null || detected.columns > best.columns)) {
        best = detected;
      }
    }
    return best == null
        ? new Result(RecordEncoding.JSON, false, false)
        : new Result(best.csv(charset, canHaveHeader), true, best.hasPoints());
  }

  /** Returns whether a text begins as JSON in another charset than UTF-8. */
  static boolean isWideJson(byte[] head) {
    Charset charset = charset(head);
    return charset.name().startsWith("UTF-16")
        && JSON.matcher(new String(head, charset)).lookingAt();
  }

  /** A charset without a mark that has units of one byte is decided by all records. */
  private static Charset charset(byte[] head) {
    Charset marked = CsvCharset.marked(head);
    if (marked != null) {
      return marked;
    }
    if (head.length >= 2 && head[1] == 0) {
      return UTF_16LE;
    }
    return head.length >= 2 && head[0] == 0 ? UTF_16BE : ISO_8859_1;
  }

  /** Returns the rows that are not blank; one that is malformed has no fields. */
  private static List<List<String>> rows(String text, char delimiter) {
    List<List<String>> rows = new ArrayList<>();
    byte[] bytes = text.getBytes(UTF_8);
    CsvCharset charset = CsvCharset.of(UTF_8, bytes, 0, bytes.length);
    RowScanner scanner = new RowScanner(charset, delimiter);
    CsvFields fields = new CsvFields(delimiter);
    int start = charset.markLength();
    while (start < bytes.length) {
      scanner.begin();
      int length = (int) scanner.scan(bytes, start, bytes.length);
      boolean isIncomplete = length == RowScanner.NOT_FOUND;
      String row = new String(bytes, start, isIncomplete ? bytes.length - start : length, UTF_8);
      if (!row.isBlank() && (!isIncomplete || rows.size() < 2)) {
        rows.add(fields(row, fields));
      }
      start = isIncomplete ? bytes.length : start + length + 1;
    }
    return rows;
  }

  private static List<String> fields(String row, CsvFields fields) {
    try {
      return fields.list(row);
    } catch (MalformedRowException e) {
      return List.of();
    }
  }

  private boolean isConsistent() {
    long json =
        rows.stream().filter(row -> !row.isEmpty() && JSON.matcher(row.get(0)).lookingAt()).count();
    return columns >= 2
        && rows.size() >= 2
        && consistent >= NEARLY_ALL * rows.size()
        && 2 * json < rows.size();
  }

  private RecordEncoding.Csv csv(Charset charset, boolean canHaveHeader) {
    boolean hasHeader =
        canHaveHeader
            && rows.get(0).size() == columns
            && rows.get(0).stream().noneMatch(name -> DATA.matcher(name.strip()).matches());
    List<String> names =
        hasHeader ? null : IntStream.rangeClosed(1, columns).mapToObj(i -> "column_" + i).toList();
    return new RecordEncoding.Csv(delimiter, charset.name(), names, hasDecimalComma());
  }

  /** Returns whether numbers have a decimal comma, which is not one between thousands. */
  private boolean hasDecimalComma() {
    return values()
            .filter(value -> COMMA.matcher(value).matches())
            .anyMatch(value -> !GROUPED.matcher(value).matches())
        && !hasPoints();
  }

  private boolean hasPoints() {
    return values().anyMatch(value -> POINT.matcher(value).matches());
  }

  private Stream<String> values() {
    return rows.stream().skip(1).flatMap(List::stream);
  }

  /**
   * Returns the charset of rows without a byte-order mark: UTF-8 if all of them are valid,
   * otherwise a guess.
   */
  static String charsetOf(List<byte[]> rows) {
    Optional<String> valid =
        List.of("UTF-8", "ISO-8859-1", "windows-1252").stream()
            .filter(name -> rows.stream().allMatch(row -> isPlausible(name, row)))
            .findFirst();
    return valid.orElse("ISO-8859-1");
  }

  /** The control characters of ISO 8859-1 are letters and signs in windows-1252. */
  private static boolean isPlausible(String name, byte[] row) {
    String text = CsvCharset.of(Charset.forName(name), row, 0, 0).decode(row, 0, row.length);
    return text != null && text.chars().noneMatch(c -> c >= 0x80 && c < 0xA0);
  }
}
