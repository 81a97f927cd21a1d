package fortnight.common.jdbc;

import fortnight.common.Analysis;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern BY_DIMENSION =
      Pattern.compile("(.+)_(volume|volume_change|revenue_change)");

  private TableNames() {}

  /** The name of the table of a result. */
  public static String nameOf(String title) {
    return title.replace('-', '_');
  }

  /**
   * The title of the result in a table; empty if the name is not that of a result. The name of a
   * dimension can contain underscores, too.
   */
  public static Optional<String> titleOf(String name) {
    return similarTitle(name).filter(title -> nameOf(title).equals(name));
  }

  private static Optional<String> similarTitle(String name) {
    String title = name.replace('_', '-');
    if (title.equals(Analysis.DEAD_LETTERS)) {
      return Optional.of(title);
    }
    Matcher matcher = BY_DIMENSION.matcher(name);
    String ofDimension =
        matcher.matches() ? matcher.group(1) + "-" + matcher.group(2).replace('_', '-') : "";
    return Analysis.titled(title).or(() -> Analysis.titled(ofDimension)).map(Analysis::title);
  }

  /** A name in SQL. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
