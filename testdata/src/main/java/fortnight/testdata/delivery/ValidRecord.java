package fortnight.testdata.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.testdata.formats.RecordBuffer;
import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.formats.RecordShape.Field;
import fortnight.testdata.formats.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A transaction in a format, and copies in which one field is changed. Fields are located with a
 * parser, because their names can occur in several objects of a record.
 *
 * @param buffer is overwritten by each method
 */
record ValidRecord(Transaction transaction, RecordShape format, RecordBuffer buffer) {
  private static final JsonFactory JSON = new JsonFactory();

  String json() {
    format.writeTransaction(transaction, buffer.clear());
    return buffer.text();
  }

  /** The record at another time. */
  String at(long micros) {
    return new ValidRecord(transaction.at(micros), format, buffer).json();
  }

  /** The record with another value of a field; of the first one if every line item has it. */
  String with(Field field, String value) {
    String json = json();
    Range old = find(field, json);
    return json.substring(0, old.start) + value + json.substring(old.end);
  }

  /** The record without a field, and without the comma next to it. */
  String without(Field field) {
    String json = json();
    Range value = find(field, json);
    String pointer = format.pointers().get(field);
    String name = "\"" + pointer.substring(pointer.lastIndexOf('/') + 1) + "\"";
    int start = json.lastIndexOf(name, value.start);
    int end = value.end;
    if (json.charAt(end) == ',') {
      end += json.charAt(end + 1) == ' ' ? 2 : 1;
    } else if (json.charAt(start - 1) == ',') {
      start--;
    }
    return json.substring(0, start) + json.substring(end);
  }

  private Range find(Field field, String json) {
    String pointer = format.pointers().get(field);
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()
            && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          int quotes = token == JsonToken.VALUE_STRING ? 2 : 0;
          return new Range(start, start + parser.getTextLength() + quotes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(pointer + " is not in " + json);
  }

  /** The characters [start, end) of a value; none of them is escaped. */
  private record Range(int start, int end) {}
}
