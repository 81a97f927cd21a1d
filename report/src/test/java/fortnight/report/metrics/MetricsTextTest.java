package fortnight.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  /** 2022-01-17T00:00:00.5 as of 1970 in the same zone. */
  private static final long MONDAY = 1_642_377_600_500L;

  private final MetricsText text = new MetricsText(ZoneId.of("Europe/Berlin"));

  @Test
  void isEmptyWithoutMetrics() {
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void convertsLocalTimesToUtc() {
    text.addTime(Metric.LATEST_ROW_TIMESTAMP_SECONDS, Labels.NONE, MONDAY);

    assertThat(text.toString())
        .isEqualTo(
            """
            # HELP fortnight_latest_row_timestamp_seconds latest event time of the rows
            # TYPE fortnight_latest_row_timestamp_seconds gauge
            fortnight_latest_row_timestamp_seconds 1642374000.5
            """);
  }

  @Test
  void groupsTheSeriesOfAMetric() {
    text.add(Metric.ROWS_READ_TOTAL, Labels.NONE.and("result", "a"), 1);
    text.add(Metric.UP, Labels.NONE, 1);
    text.add(Metric.ROWS_READ_TOTAL, Labels.NONE.and("result", "b"), Long.MAX_VALUE);
    text.addDuration(Metric.ROW_LAG_SECONDS, -3_600_000);

    assertThat(text.toString().lines().filter(line -> !line.startsWith("# HELP")))
        .containsExactly(
            "# TYPE fortnight_up gauge",
            "fortnight_up 1",
            "# TYPE fortnight_row_lag_seconds gauge",
            "fortnight_row_lag_seconds -3600",
            "# TYPE fortnight_rows_read_total counter",
            "fortnight_rows_read_total{result=\"a\"} 1",
            "fortnight_rows_read_total{result=\"b\"} 9223372036854775807");
  }
}
