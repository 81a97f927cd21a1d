package fortnight.transforms.csv;

import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.csv.CsvFields.MalformedRowException;
import fortnight.transforms.formats.CsvCharset;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.RecordEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The columns of a CSV file, or of the messages of a topic, and which of them are needed. */
public final class CsvColumns {
  private static final int NOT_NEEDED = -1;

  private final byte[] preamble;
  private final CsvCharset charset;
  private final List<String> names;
  private final List<Mistake> mistakes = new ArrayList<>();

  /** For each column, the index of its name in the names that are needed. */
  private final int[] slots;

  /**
   * What is wrong with the header.
   *
   * @param reason the reason for which all rows are rejected
   */
  public record Mistake(RejectReason reason, String message) {}

  private CsvColumns(RecordEncoding.Csv encoding, byte[] preamble, List<String> needed) {
    this.preamble = preamble;
    charset = CsvCharset.of(encoding.decoder(), preamble, 0, preamble.length);
    names = encoding.hasHeader() ? header(encoding) : encoding.columns();
    slots = names.stream().mapToInt(needed::indexOf).toArray();
    if (mistakes.isEmpty()) {
      needed.forEach(this::check);
    }
  }

  /**
   * Returns the columns of a file.
   *
   * @param preamble the first bytes of the file: a byte-order mark, and the header if it has one
   * @param needed the distinct names of the columns that are needed
   */
  public static CsvColumns of(RecordEncoding.Csv encoding, byte[] preamble, List<String> needed) {
    return new CsvColumns(encoding, preamble, needed);
  }

  private List<String> header(RecordEncoding.Csv encoding) {
    int mark = charset.markLength();
    String row = charset.decode(preamble, mark, preamble.length - mark);
    if (row == null) {
      mistakes.add(
          new Mistake(
              RejectReason.MALFORMED_CSV,
              "header: not " + charset + "; set charset to that of the input"));
    } else if (row.isEmpty()) {
      mistakes.add(
          new Mistake(
              RejectReason.MALFORMED_CSV,
              "header: missing; use header: [order_id, time, sku], the names of the columns"));
    } else {
      try {
        return new CsvFields(encoding.delimiter()).list(row);
      } catch (MalformedRowException e) {
        mistakes.add(new Mistake(RejectReason.MALFORMED_CSV, "header: " + e.getMessage()));
      }
    }
    return List.of();
  }

  private void check(String name) {
    int count = Collections.frequency(names, name);
    String path = path(name);
    if (count == 0) {
      mistakes.add(
          new Mistake(
              RejectReason.MISSING_FIELD,
              path + ": missing; the header has " + path(FieldPath.nearest(name, names))));
    } else if (count > 1) {
      mistakes.add(
          new Mistake(
              RejectReason.MALFORMED_CSV,
              path + ": several columns of the header have this name; rename them"));
    }
  }

  private static String path(String name) {
    return FieldPath.text(List.of(name), 0, "");
  }

  /** Returns whether these are the columns of a file with this preamble. */
  public boolean areOf(byte[] otherPreamble) {
    return preamble == otherPreamble || Arrays.equals(preamble, otherPreamble);
  }

  public CsvCharset charset() {
    return charset;
  }

  /** Returns the names of the columns; empty if the header is malformed. */
  public List<String> names() {
    return names;
  }

  /** Returns the number of columns. */
  public int count() {
    return names.size();
  }

  /** Returns the index of a column's name in the names that are needed; negative if it is not. */
  public int slot(int column) {
    return column < slots.length ? slots[column] : NOT_NEEDED;
  }

  /** Returns what is wrong with the header; empty if rows can be read. */
  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  /** Returns whether a message is only space that is not a delimiter. */
  public static boolean isBlank(Payload payload, RecordEncoding.Csv encoding) {
    if (payload.tooLarge()) {
      return false;
    }
    boolean hasUnitsOfOneByte = !encoding.charset().startsWith("UTF-16");
    for (int i = payload.from(); i < payload.from() + payload.length(); i++) {
      byte b = payload.array()[i];
      boolean isSpace = b == ' ' || b == '\t' || b == '\r' || b == '\n';
      if (!isSpace || b == encoding.delimiter() || !hasUnitsOfOneByte) {
        return false;
      }
    }
    return true;
  }
}
