package fortnight.pipelines.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into rows of CSV by its characters, without a limit of their size.
 *
 * @param start the index of the first character
 * @param end the index after the last character
 */
record CsvRows(int start, int end) {
  static List<CsvRows> split(String text) {
    List<CsvRows> rows = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = rowEnd(text, start);
      rows.add(new CsvRows(start, end));
      start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
    return rows;
  }

  String of(String text) {
    return text.substring(start, end);
  }

  private static int rowEnd(String text, int start) {
    int at = start;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        int afterField = closingQuote(text, at + 1) + 1;
        boolean isClosed = afterField > 0;
        boolean isAtEnd = afterField == text.length();
        if (!isClosed || (!isAtEnd && ",\r\n".indexOf(text.charAt(afterField)) < 0)) {
          return next(text, at, "\r\n");
        }
        at = afterField;
      } else {
        at = next(text, at, ",\r\n");
      }
      if (at == text.length() || text.charAt(at) != ',') {
        return at;
      }
      at++;
    }
  }

  /** Returns the index of the closing quotation mark; -1 if there is none. */
  private static int closingQuote(String text, int from) {
    int quote = text.indexOf('"', from);
    while (quote >= 0 && text.startsWith("\"\"", quote)) {
      quote = text.indexOf('"', quote + 2);
    }
    return quote;
  }

  private static int next(String text, int from, String characters) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
