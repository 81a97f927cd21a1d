package fortnight.runners;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command's flags: collected, not thrown. */
final class FlagProblems {
  private static final int HIGHEST_PORT = 65535;

  private final List<String> sentences = new ArrayList<>();

  /** Sets the flags, which are an object with picocli's annotations. */
  void parse(Object flags, String... args) {
    CommandLine line = new CommandLine(flags);
    line.getCommandSpec().parser().collectErrors(true);
    line.parseArgs(args).errors().forEach(error -> sentences.add(sentence(error)));
  }

  void add(String sentence) {
    sentences.add(sentence);
  }

  void checkRange(String flag, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      add("%s=%d: from %d to %d".formatted(flag, value, lowest, highest));
    }
  }

  /** 0 stands for a free one. */
  void checkPort(String flag, int port) {
    checkRange(flag, port, 0, HIGHEST_PORT);
  }

  void checkDirectory(String flag, Path directory) {
    if (directory != null && Files.exists(directory) && !Files.isDirectory(directory)) {
      add("%s=%s: is a file, where a directory is needed".formatted(flag, directory));
    }
  }

  /** The properties in the file, of which there are none without a file. */
  Map<String, String> readProperties(String flag, Path file) {
    Map<String, String> read = new HashMap<>();
    if (file == null) {
      return read;
    }
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      add("%s=%s: cannot be read as properties (%s)".formatted(flag, file, reason(e)));
    }
    properties.forEach((name, value) -> read.put(name.toString(), value.toString().strip()));
    return read;
  }

  /** A sentence for each. */
  List<String> sentences() {
    return sentences;
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException ? "no such file" : e.toString();
  }

  private static String sentence(Exception error) {
    if (error instanceof UnmatchedArgumentException unknown
        && !unknown.getSuggestions().isEmpty()) {
      return unknown.getMessage() + "; did you mean " + unknown.getSuggestions().get(0) + "?";
    }
    return error.getMessage();
  }
}
