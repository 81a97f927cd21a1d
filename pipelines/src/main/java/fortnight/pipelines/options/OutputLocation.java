package fortnight.pipelines.options;

import fortnight.common.Analysis;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.kafka.TopicAddress;
import fortnight.pipelines.files.FileInput;
import fortnight.pipelines.files.FileOutput;
import fortnight.pipelines.files.FileOutput.ResultFile;
import fortnight.pipelines.files.OutputFile;
import fortnight.pipelines.files.Paths;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.jdbc.TableOutput;
import fortnight.pipelines.kafka.TopicOutput;
import fortnight.pipelines.kafka.TopicOutput.ResultTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The value of {@code --output}, the location of all results, or of {@code --deadLetters}, the
 * location of one. As a string it is the path of a directory or a file, the address of a prefix or
 * a topic, or a database or a table.
 */
public interface OutputLocation {
  /**
   * Parses the location of all results.
   *
   * @throws IllegalArgumentException if the text is neither a directory nor the address of a prefix
   *     or a database
   */
  static OutputLocation ofAll(String text, OutputEncoding encoding) {
    if (DatabaseAddress.isDatabase(text)) {
      return new Tables(DatabaseAddress.parse(text), null);
    }
    return TopicAddress.isTopic(text)
        ? new Topics(prefix(text), encoding)
        : new Files(Paths.directory(text), encoding);
  }

  /**
   * Parses the location of one result.
   *
   * @throws IllegalArgumentException if the text is neither a file nor the address of a topic or a
   *     database
   */
  static OutputLocation ofOne(String text) {
    if (DatabaseAddress.isDatabase(text)) {
      return new Tables(DatabaseAddress.parse(text), Analysis.DEAD_LETTERS);
    }
    return TopicAddress.isTopic(text)
        ? new Topics(TopicAddress.parse(text), OutputEncoding.JSON)
        : new Files(Paths.file(text), OutputEncoding.JSON);
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
  record Files(String path, OutputEncoding encoding) implements OutputLocation {
    @Override
    public Files of(String title) {
      return new Files(Paths.resolve(path, title + encoding.suffix(title)), encoding);
    }

    @Override
    public Output all(Set<String> titles, RetailConfig config) {
      Map<String, ResultFile> files = new HashMap<>();
      titles.forEach(title -> files.put(title, of(title).file(title, config)));
      return output(files, config);
    }

    @Override
    public Output one(String title, RetailConfig config) {
      return output(Map.of(title, file(title, config)), config);
    }

    private ResultFile file(String title, RetailConfig config) {
      return new ResultFile(
          OutputFile.of(path, config.runId()), encoding.textFormat(title, config));
    }

    private static Output output(Map<String, ResultFile> files, RetailConfig config) {
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
  record Topics(TopicAddress address, OutputEncoding encoding) implements OutputLocation {
    @Override
    public Topics of(String title) {
      return new Topics(address.plus(title), encoding);
    }

    @Override
    public Output all(Set<String> titles, RetailConfig config) {
      Map<String, ResultTopic> topics = new HashMap<>();
      titles.forEach(title -> topics.put(title, of(title).topic(title, config)));
      return new TopicOutput(topics, config.kafka());
    }

    @Override
    public Output one(String title, RetailConfig config) {
      return new TopicOutput(Map.of(title, topic(title, config)), config.kafka());
    }

    private ResultTopic topic(String title, RetailConfig config) {
      return new ResultTopic(address, encoding.messageFormat(title, config));
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

  /**
   * Tables of a schema.
   *
   * @param title of the result in one table; null for the tables of all results
   */
  record Tables(DatabaseAddress address, @Nullable String title) implements OutputLocation {
    @Override
    public Tables of(String newTitle) {
      return new Tables(address, newTitle);
    }

    @Override
    public Output all(Set<String> titles, RetailConfig config) {
      TableOutput stream =
          TableOutput.ofStream(
              new Database(address, config.jdbc()), titles.stream().map(config::schema).toList());
      return config.input().isBounded()
          ? stream.replacing(config.runId(), config.from(), config.until())
          : stream;
    }

    @Override
    public Output one(String newTitle, RetailConfig config) {
      return all(Set.of(newTitle), config);
    }

    @Override
    public String canonical() {
      return toString();
    }

    /** The names without the server, whose address may change. */
    @Override
    public String identity() {
      return address.database() + "/" + address.schema();
    }

    @Override
    public boolean isFiles() {
      return false;
    }

    @Override
    public String toString() {
      return title == null ? address.toString() : TableOutput.location(address, title);
    }
  }
}
