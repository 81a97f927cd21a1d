package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.Table.RowKey;
import fortnight.report.rows.Table.SeriesKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of the analysis of outliers: those of the latest window that has any. */
public final class OutlierRows {
  /** The direction of a change. */
  public enum Direction {
    UP,
    DOWN;

    private static Direction of(JsonRow row) throws MalformedRowException {
      String name = row.text("direction");
      return switch (name) {
        case "up" -> UP;
        case "down" -> DOWN;
        default ->
            throw new MalformedRowException(
                "direction: " + JsonRow.quoted(name) + " is not up or down");
      };
    }
  }

  /** An outlier of an analysis of changes. */
  public record Outlier(Analysis analysis, Direction direction) {
    /** By the name of the analysis, then by direction. */
    public static final Comparator<Outlier> ORDER =
        Comparator.comparing((Outlier outlier) -> outlier.analysis().title())
            .thenComparing(Outlier::direction);
  }

  private record Row(Direction direction, long version) {}

  private final Map<RowKey, Row> rows = new HashMap<>();
  private final LocalTimes times = new LocalTimes();
  private long start = Long.MIN_VALUE;

  /** Adds a row; of several rows with the same key, the one with the largest version is kept. */
  public void add(JsonRow json) throws MalformedRowException {
    Analysis analysis = analysis(json);
    Row row = new Row(Direction.of(json), json.count("version"));
    String valueField = Analysis.fieldOf(analysis.dimension());
    SeriesKey series = SeriesKey.of(json, Optional.of(valueField));
    long startOfRow = json.time("current_start", times);
    if (startOfRow > start) {
      rows.clear();
      start = startOfRow;
    }
    if (startOfRow == start) {
      rows.merge(
          new RowKey(analysis, series, start),
          row,
          (before, after) -> after.version() >= before.version() ? after : before);
    }
  }

  private static Analysis analysis(JsonRow json) throws MalformedRowException {
    String title = json.text("analysis");
    return Analysis.titled(title)
        .filter(analysis -> analysis.isChange() && !analysis.dimension().equals(Analysis.SHOP))
        .orElseThrow(
            () ->
                new MalformedRowException(
                    "analysis: "
                        + JsonRow.quoted(title)
                        + " has no changes of products or a dimension"));
  }

  /** The start of the latest window with outliers; smaller than any other without rows. */
  public long start() {
    return start;
  }

  /**
   * The numbers of outliers of the latest window. A row is withdrawn by a row of its analysis with
   * a larger version, which is not an outlier: otherwise there would be an outlier of this version.
   */
  public Map<Outlier, Long> counts(Map<Analysis, Table> tables) {
    Map<Outlier, Long> counts = new TreeMap<>(Outlier.ORDER);
    rows.forEach(
        (key, row) -> {
          Table changes = tables.get(key.analysis());
          if (changes == null || changes.version(key) <= row.version()) {
            counts.merge(new Outlier(key.analysis(), row.direction()), 1L, Long::sum);
          }
        });
    return counts;
  }
}
