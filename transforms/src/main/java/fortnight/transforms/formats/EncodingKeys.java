package fortnight.transforms.formats;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the keys that define how records are encoded. */
final class EncodingKeys {
  private static final char DEFAULT_DELIMITER = ',';
  private static final char MAX_ASCII = '\u007F';

  private static final List<String> CSV_KEYS =
      List.of("delimiter", "charset", "header", "decimalComma");

  private final Function<String, Optional<String>> textOf;
  private final FormatPaths paths;
  private final List<String> mistakes;

  EncodingKeys(
      Function<String, Optional<String>> textOf, FormatPaths paths, List<String> mistakes) {
    this.textOf = textOf;
    this.paths = paths;
    this.mistakes = mistakes;
  }

  RecordEncoding encoding() {
    String records = textOf.apply("records").orElse("json");
    for (String key : CSV_KEYS) {
      if (textOf.apply(key).isPresent() && !records.equals("csv")) {
        mistakes.add(key + ": only for records: csv");
      }
    }
    return switch (records) {
      case "json" -> RecordEncoding.JSON;
      case "avro" -> RecordEncoding.AVRO;
      case "csv" -> csv();
      default -> {
        mistakes.add("records: " + records + " is not supported; use json, csv, or avro");
        yield RecordEncoding.JSON;
      }
    };
  }

  private RecordEncoding csv() {
    RecordEncoding.Csv csv =
        new RecordEncoding.Csv(delimiter(), charset(), columns(), decimalComma());
    mistakes.addAll(paths.mistakesInCsv(csv.columns()));
    return csv;
  }

  private char delimiter() {
    String text = FormatValues.withoutQuotes(textOf.apply("delimiter").orElse(","));
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || "\"\r\n".contains(text) || text.charAt(0) > MAX_ASCII) {
      mistakes.add(
          "delimiter: " + text + " is not one ASCII character; use \",\", \";\", or \"\\t\"");
      return DEFAULT_DELIMITER;
    }
    return text.charAt(0);
  }

  private String charset() {
    String name = FormatValues.withoutQuotes(textOf.apply("charset").orElse("UTF-8"));
    try {
      Charset charset = Charset.forName(name);
      if (CsvCharset.isSupported(charset)) {
        return charset.name();
      }
      mistakes.add(
          "charset: %1$s is not supported, because its bytes can look like delimiters; convert the"
                  .formatted(name)
              + " input, for example with iconv -f %s -t UTF-8".formatted(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      mistakes.add("charset: " + name + " is unknown; use UTF-8, ISO-8859-1, or UTF-16");
    }
    return "UTF-8";
  }

  private @Nullable List<String> columns() {
    String text = textOf.apply("header").orElse("true");
    if (text.equals("true")) {
      return null;
    }
    if (!text.startsWith("[") || !text.endsWith("]")) {
      mistakes.add(
          "header: " + text + ": use true, or the names of the columns: [order_id, time, sku]");
      return null;
    }
    List<String> columns =
        FormatText.split(text.substring(1, text.length() - 1)).stream()
            .map(String::strip)
            .map(FormatValues::withoutQuotes)
            .toList();
    if (columns.stream().allMatch(String::isEmpty)) {
      mistakes.add("header: contains no names; use [order_id, time, sku]");
    }
    return columns;
  }

  private boolean decimalComma() {
    String text = textOf.apply("decimalComma").orElse("false");
    if (!Arrays.asList("true", "false").contains(text)) {
      mistakes.add("decimalComma: " + text + ": use true or false");
    }
    return text.equals("true");
  }
}
