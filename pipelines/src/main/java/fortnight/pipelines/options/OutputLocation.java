package fortnight.pipelines.options;

import static java.util.stream.Collectors.toMap;

import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.files.FileInput;
import fortnight.pipelines.files.FileOutput;
import fortnight.pipelines.files.OutputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.kafka.TopicOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The value of {@code --output}, the location of all results, or of {@code --deadLetters}, the
 * location of one. As a string it is the path of a directory or a file, or the address of a prefix
 * or a topic.
 */
public interface OutputLocation {
  /**
   * Parses the location of all results.
   *
   * @throws IllegalArgumentException if the text is neither a directory nor the address of a prefix
   */
  static OutputLocation ofAll(String text) {
    return TopicAddress.isTopic(text) ? new Topics(prefix(text)) : new Files(Paths.directory(text));
  }

  /**
   * Parses the location of one result.
   *
   * @throws IllegalArgumentException if the text is neither a file nor the address of a topic
   */
  static OutputLocation ofOne(String text) {
    return TopicAddress.isTopic(text)
        ? new Topics(TopicAddress.parse(text))
        : new Files(Paths.file(text));
  }

  private static TopicAddress prefix(String text) {
    TopicAddress address = TopicAddress.parsePrefix(text);
    if (address.name().isEmpty()) {
      throw new IllegalArgumentException("use kafka://HOST:PORT/PREFIX");
    }
    return address;
  }

  /** Returns the location of one of all results. */
  OutputLocation of(String title);

  /** Returns the output of all results with these titles. */
  Output all(Set<String> titles, RetailConfig config);

  /** Returns the output of one result. */
  Output one(String title, RetailConfig config);

  /** Returns a string by which locations can be compared. */
  String canonical();

  /** Returns what must not change while the state of a stream is kept. */
  String identity();

  /** Whether results are files, which can be read after the run. */
  boolean isFiles();

  /**
   * Files.
   *
   * @param path a directory, or one file
   */
  record Files(String path) implements OutputLocation {
    @Override
    public Files of(String title) {
      return new Files(Paths.resolve(path, title + ".jsonl"));
    }

    @Override
    public Output all(Set<String> titles, RetailConfig config) {
      return output(
          titles.stream().collect(toMap(title -> title, title -> of(title).path)), config);
    }

    @Override
    public Output one(String title, RetailConfig config) {
      return output(Map.of(title, path), config);
    }

    private static Output output(Map<String, String> paths, RetailConfig config) {
      Map<String, OutputFile> files = new HashMap<>();
      paths.forEach((title, path) -> files.put(title, OutputFile.of(path, config.runId())));
      return new FileOutput(
          files,
          config.windows(),
          config.input() instanceof FileInput input ? input.files() : List.of());
    }

    @Override
    public String canonical() {
      return Paths.canonical(path);
    }

    @Override
    public String identity() {
      return canonical();
    }

    @Override
    public boolean isFiles() {
      return true;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /**
   * Topics.
   *
   * @param address the common prefix of topics, or one topic
   */
  record Topics(TopicAddress address) implements OutputLocation {
    @Override
    public Topics of(String title) {
      return new Topics(address.plus(title));
    }

    @Override
    public Output all(Set<String> titles, RetailConfig config) {
      return output(titles.stream().collect(toMap(title -> title, address::plus)), config);
    }

    @Override
    public Output one(String title, RetailConfig config) {
      return output(Map.of(title, address), config);
    }

    private static Output output(Map<String, TopicAddress> topics, RetailConfig config) {
      return new TopicOutput(topics, config.windows(), config.kafka());
    }

    @Override
    public String canonical() {
      return toString();
    }

    /** The name without the brokers, whose addresses may change. */
    @Override
    public String identity() {
      return address.name();
    }

    @Override
    public boolean isFiles() {
      return false;
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }
}
