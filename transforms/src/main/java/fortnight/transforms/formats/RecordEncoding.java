package fortnight.transforms.formats;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How the records of an input are encoded, which also defines where one record ends. */
public sealed interface RecordEncoding extends Serializable {
  Json JSON = new Json();
  Avro AVRO = new Avro();

  /** One JSON object in UTF-8, in a line or in a message. */
  record Json() implements RecordEncoding {}

  /** A datum of an Avro object container file, or a message in the format of a schema registry. */
  record Avro() implements RecordEncoding {}

  /**
   * Comma-separated values (RFC 4180). A row ends at CR, LF, or CRLF outside of quotes.
   *
   * @param charset the name of the charset
   * @param columns the names of the columns; null if the first row of each file has them
   * @param decimalComma whether numbers have a decimal comma
   */
  record Csv(char delimiter, String charset, @Nullable List<String> columns, boolean decimalComma)
      implements RecordEncoding {
    public Csv {
      columns = columns == null ? null : List.copyOf(columns);
    }

    /** Returns whether the first row of each file has the names of the columns. */
    public boolean hasHeader() {
      return columns == null;
    }

    public Charset decoder() {
      return Charset.forName(charset);
    }

    /**
     * Returns a number with a decimal point; null if it has a point in place of a decimal comma.
     */
    public @Nullable String withDecimalPoint(String number) {
      if (!decimalComma) {
        return number;
      }
      return number.indexOf('.') >= 0 ? null : number.replace(',', '.');
    }
  }
}
