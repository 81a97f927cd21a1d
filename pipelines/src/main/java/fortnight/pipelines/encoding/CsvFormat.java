package fortnight.pipelines.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.rows.RowSchema;
import fortnight.pipelines.rows.RowSchema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * CSV as in RFC 4180, in UTF-8, with a header, and with a line feed after each row. Null is an
 * empty field, and an empty string is a quoted empty field.
 *
 * @param schema the columns
 */
public record CsvFormat(RowSchema schema) implements TextFormat {
  /** The end of the names of the files. */
  public static final String SUFFIX = ".csv";

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public RowWriter begin(Writer text) throws IOException {
    CsvWriter csv =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.EMPTY)
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(text);
    write(csv, schema.columns().stream().map(Column::name).toList());
    return row -> write(csv, fields(row));
  }

  private static void write(CsvWriter csv, List<@Nullable String> fields) throws IOException {
    try {
      csv.writeRecord(fields);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<@Nullable String> fields(ResultRow row) {
    ObjectNode values = JsonObject.parse(row.json());
    List<@Nullable String> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      JsonNode value = values.path(column.name());
      boolean isNull = value.isNull() || value.isMissingNode();
      fields.add(isNull ? null : field(column, value));
    }
    return fields;
  }

  /** A time is written as in SQL, because not all spreadsheets recognize times with a T. */
  private static String field(Column column, JsonNode value) {
    return switch (column.type()) {
      case TIME -> value.textValue().replace('T', ' ');
      case AMOUNT -> value.decimalValue().toPlainString();
      case TEXT, VALUE, COUNT, RATIO, FLAG -> value.asText();
    };
  }
}
