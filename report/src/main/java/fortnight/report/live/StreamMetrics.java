package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.report.metrics.Labels;
import fortnight.report.metrics.Metric;
import fortnight.report.metrics.MetricsText;
import fortnight.report.metrics.RowMetrics;
import fortnight.report.rows.RejectedSummary;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import java.util.Map;
import java.util.OptionalLong;

/** The metrics of a stream. Those of rows are left out until all have been read. */
final class StreamMetrics {
  /** A topic with other rows can have any number of reasons. */
  private static final int MAX_REASONS = 100;

  private final StreamStatus status;
  private final RunResults results;
  private final boolean complete;
  private final MetricsText text;

  StreamMetrics(StreamStatus status, RunResults results, boolean complete) {
    this.status = status;
    this.results = results;
    this.complete = complete;
    this.text = new MetricsText(status.options().timeZone());
  }

  /**
   * The text.
   *
   * @param rowsRead the number of rows of each result, whether in a topic or a table
   * @param malformedRead the number of those that were malformed, of each result that has any
   */
  String text(Map<String, Long> rowsRead, Map<String, Long> malformedRead) {
    text.add(Metric.UP, Labels.NONE, status.problem().isEmpty() ? 1 : 0);
    text.add(Metric.COMPLETE, Labels.NONE, complete ? 1 : 0);
    addEventTimes(complete ? latestInRows() : OptionalLong.empty());
    if (complete) {
      RowMetrics.add(text, results);
      results.rejected().ifPresent(this::addDeadLetters);
    }
    rowsRead.forEach(
        (title, count) -> {
          Labels labels = Labels.NONE.and(Labels.RESULT, title);
          text.add(Metric.ROWS_READ_TOTAL, labels, count);
          text.add(Metric.MALFORMED_ROWS_TOTAL, labels, malformedRead.getOrDefault(title, 0L));
        });
    return text.toString();
  }

  /** As on the page. */
  private void addEventTimes(OptionalLong inRows) {
    OptionalLong inInput = status.topics().latestEventTime();
    if (inRows.isPresent() || inInput.isPresent()) {
      long latest = Math.max(inRows.orElse(Long.MIN_VALUE), inInput.orElse(Long.MIN_VALUE));
      text.addTime(Metric.LATEST_EVENT_TIMESTAMP_SECONDS, Labels.NONE, latest);
      text.addDuration(Metric.EVENT_TIME_LAG_SECONDS, status.options().now() - latest);
    }
    if (inRows.isPresent()) {
      long latest = inRows.getAsLong();
      text.addTime(Metric.LATEST_ROW_TIMESTAMP_SECONDS, Labels.NONE, latest);
      inInput.ifPresent(time -> text.addDuration(Metric.ROW_LAG_SECONDS, time - latest));
    }
  }

  /** The latest {@code last_transaction}: that of the latest window of a currency. */
  private OptionalLong latestInRows() {
    Table weeks = results.tables().get(Analysis.WEEKLY_VOLUME);
    if (weeks == null) {
      return OptionalLong.empty();
    }
    int column = weeks.columns().indexOf("last_transaction");
    return weeks.keys().stream()
        .map(weeks::series)
        .mapToLong(rows -> Long.parseLong(rows.text(rows.size() - 1, column)))
        .max();
  }

  private void addDeadLetters(RejectedSummary rejected) {
    rejected.reasons().entrySet().stream()
        .limit(MAX_REASONS)
        .forEach(
            reason ->
                text.add(
                    Metric.DEAD_LETTERS,
                    Labels.NONE.and(Labels.REASON, reason.getKey()),
                    reason.getValue().count()));
    text.add(Metric.REDRIVEN_DEAD_LETTERS, Labels.NONE, rejected.redriven());
  }
}
