package fortnight.common.jdbc;

import fortnight.common.Analysis;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the tables of results: the titles of the results, with underscores. */
public final class TableNames {
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
