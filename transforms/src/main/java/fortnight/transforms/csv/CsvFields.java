package fortnight.transforms.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;

/** Splits the text of a row into its fields. Instances may be shared by threads. */
public final class CsvFields {
  private final CsvReader.CsvReaderBuilder rows;

  public CsvFields(char delimiter) {
    rows =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter('"')
            .skipEmptyLines(false)
            .allowUnclosedQuote(false);
  }

  /** Receives the fields of a row, without quotes. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Receives a field.
     *
     * @param index the index of the field in the row
     * @param array its characters [from, from + length) are the field, until this call returns
     */
    void receive(int index, char[] array, int from, int length);
  }

  /** A row has quotation marks at places where they are not allowed. */
  public static final class MalformedRowException extends Exception {
    private static final long serialVersionUID = 1;

    private MalformedRowException(String message) {
      // No stack trace, for speed: rejected records are data, and may be numerous.
      super(message, null, false, false);
    }
  }

  /**
   * Splits a row, which is not empty and has no line end outside of quotes.
   *
   * @return the number of fields
   * @throws MalformedRowException with the number of the field at fault
   */
  public int split(String row, Receiver receiver) throws MalformedRowException {
    RowHandler handler = new RowHandler(receiver);
    try {
      return rows.ofSingleCsvRecord(handler, row);
    } catch (CsvParseException e) {
      String message = e.getMessage();
      boolean isUnclosed = message != null && message.startsWith("Unclosed");
      throw new MalformedRowException(
          "field %d %s; write a quotation mark in a quoted field twice"
              .formatted(
                  handler.fields() + 1,
                  isUnclosed
                      ? "begins with a quotation mark and is not closed"
                      : "continues after its closing quotation mark"));
    }
  }

  /**
   * Returns all fields of a row.
   *
   * @throws MalformedRowException with the number of the field at fault
   */
  public List<String> list(String row) throws MalformedRowException {
    List<String> fields = new ArrayList<>();
    split(row, (index, array, from, length) -> fields.add(new String(array, from, length)));
    return fields;
  }

  /** Counts the fields, and passes them on. */
  private static final class RowHandler extends AbstractBaseCsvCallbackHandler<Integer> {
    private final Receiver receiver;

    RowHandler(Receiver receiver) {
      this.receiver = receiver;
    }

    int fields() {
      return getFieldCount();
    }

    @Override
    protected void handleField(int index, char[] array, int from, int length, boolean quoted) {
      receiver.receive(index, array, from, length);
    }

    @Override
    protected Integer buildRecord() {
      return getFieldCount();
    }
  }
}
