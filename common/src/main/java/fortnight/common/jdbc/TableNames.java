package fortnight.common.jdbc;

import fortnight.common.Analysis;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The names of the tables of results, which are the titles of the results with underscores, and of
 * their columns.
 */
public final class TableNames {
  /**
   * The column of a value of a dimension as JSON, or of its hash. The name ends with more
   * underscores if a dimension has it.
   */
  public static final String VALUE_KEY = "value_key";

  /** The column of the source of a dead letter, or of its hash. */
  public static final String SOURCE_KEY = "source_key";

  /** The beginning of a key that is a hash, because its text is long. */
  public static final String KEY_HASH = "sha256:";

  private TableNames() {}

  /** The name of the table of a result. */
  public static String nameOf(String title) {
    return title.replace('-', '_');
  }

  /**
   * The title of the result in a table; empty if the name is not that of a result. The name of a
   * dimension, with which the title begins, can contain underscores, too.
   */
  public static Optional<String> titleOf(String name) {
    return IntStream.rangeClosed(0, name.length())
        .mapToObj(at -> name.substring(0, at) + name.substring(at).replace('_', '-'))
        .filter(title -> nameOf(title).equals(name))
        .filter(title -> title.equals(Analysis.DEAD_LETTERS) || Analysis.titled(title).isPresent())
        .findFirst();
  }

  /** A name in SQL. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
