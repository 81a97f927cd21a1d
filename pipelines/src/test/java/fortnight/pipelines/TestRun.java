package fortnight.pipelines;

import fortnight.common.cli.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run of the whole program, as a user sees it: exit status, standard output, standard error. The
 * results of each run that succeeds are validated with their JSON Schemas.
 */
public record TestRun(int status, String out, String err) {
  /** A slow machine shows progress, too. */
  private static final Pattern PROGRESS =
      Pattern.compile("^\\d+ s: [\\d,]+ records read\\R", Pattern.MULTILINE);

  private static final String OUTPUT = "--output=";

  public static TestRun of(List<String> args) {
    return of(args.toArray(String[]::new));
  }

  public static TestRun of(String... args) {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = RetailAnalytics.run(args);
      if (status != CommandException.WRONG_FLAGS) {
        validateResults(args);
      }
      return new TestRun(
          status,
          out.toString(StandardCharsets.UTF_8),
          PROGRESS.matcher(err.toString(StandardCharsets.UTF_8)).replaceAll(""));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  private static void validateResults(String... args) {
    for (String arg : args) {
      if (arg.startsWith(OUTPUT) && !arg.contains("://")) {
        try {
          ValidRows.check(Path.of(arg.substring(OUTPUT.length())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * The count that the table reports in a line, such as {@code accepted}; 0 without such a line.
   */
  public long count(String name) {
    Matcher line =
        Pattern.compile("^ *" + Pattern.quote(name) + " +([0-9,]+)", Pattern.MULTILINE)
            .matcher(out);
    return line.find() ? Long.parseLong(line.group(1).replace(",", "")) : 0;
  }

  /** The names of all files and directories in a directory, sorted; none where it is absent. */
  public static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The text of each file in a directory. */
  public static Map<String, String> texts(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String name : names(directory)) {
      texts.put(name, Files.readString(directory.resolve(name)));
    }
    return texts;
  }
}
