package fortnight.testdata;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command line to flags; what is wrong with single flags is collected, not thrown. */
final class FlagReading {
  private FlagReading() {}

  /** Fills the flags, and returns a sentence for each that cannot be read. */
  static List<String> read(SimulateFlags flags, String... args) {
    CommandLine line = new CommandLine(flags);
    line.registerConverter(Duration.class, converter(Lengths::parse));
    line.registerConverter(LocalDateTime.class, converter(FlagReading::time));
    line.getCommandSpec().parser().collectErrors(true);
    List<String> problems = new ArrayList<>();
    for (Exception error : line.parseArgs(args).errors()) {
      problems.add(sentence(error));
    }
    return problems;
  }

  /** A date, or a date and time. */
  static LocalDateTime time(String text) {
    try {
      return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time such as 2022-01-01 or 2022-01-01T12:00", e);
    }
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static String sentence(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown
        && !unknown.getSuggestions().isEmpty()) {
      return unknown.getMessage() + "; did you mean " + unknown.getSuggestions().get(0) + "?";
    }
    return error.getMessage();
  }
}
