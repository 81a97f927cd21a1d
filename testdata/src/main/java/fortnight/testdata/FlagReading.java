package fortnight.testdata;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command line to flags; what is wrong with single flags is collected, not thrown. */
final class FlagReading {
  private FlagReading() {}

  /** Fills the flags; every one that cannot be read is a problem. */
  static void read(SimulateFlags flags, Problems problems, String... args) {
    CommandLine line = new CommandLine(flags);
    line.registerConverter(Duration.class, converter(Lengths::parse));
    line.registerConverter(LocalDateTime.class, converter(FlagReading::time));
    line.getCommandSpec().parser().collectErrors(true);
    Collection<String> known = line.getCommandSpec().optionsMap().keySet();
    for (Exception error : line.parseArgs(args).errors()) {
      if (error instanceof UnmatchedArgumentException unknown) {
        unknown.getUnmatched().forEach(arg -> problems.add(unknown(arg, known)));
      } else {
        problems.add(error.getMessage());
      }
    }
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

  private static String unknown(String arg, Collection<String> known) {
    if (!arg.startsWith("-")) {
      return arg + ": a flag is --NAME=VALUE";
    }
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String name = arg.split("=", 2)[0];
    String nearest =
        known.stream()
            .min(Comparator.comparing(candidate -> distance.apply(name, candidate)))
            .orElseThrow();
    return name + ": there is no such flag; did you mean " + nearest + "?";
  }
}
