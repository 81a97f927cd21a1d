package fortnight.report.metrics;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/** Metrics in the text format of Prometheus, version 0.0.4. */
public final class MetricsText {
  /** The media type of the text, which is in UTF-8. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4";

  private static final int MILLIS_DIGITS = 3;

  private final ZoneId timeZone;
  private final Map<Metric, StringBuilder> series = new EnumMap<>(Metric.class);

  /**
   * A text without metrics.
   *
   * @param timeZone of the local times of rows
   */
  public MetricsText(ZoneId timeZone) {
    this.timeZone = timeZone;
  }

  public void add(Metric metric, Labels labels, long value) {
    add(metric, labels, Long.toString(value));
  }

  /** Adds a number in decimal digits, or as a Java double. */
  void add(Metric metric, Labels labels, String number) {
    StringBuilder lines = series.computeIfAbsent(metric, added -> new StringBuilder());
    lines.append(metric.title());
    if (!labels.text().isEmpty()) {
      lines.append('{').append(labels.text()).append('}');
    }
    lines.append(' ').append(number).append('\n');
  }

  /** Adds a duration in milliseconds, in seconds. */
  public void addDuration(Metric metric, long millis) {
    add(metric, Labels.NONE, seconds(millis));
  }

  /** Adds a local time in milliseconds, in seconds since 1970 in UTC. */
  public void addTime(Metric metric, Labels labels, long localMillis) {
    Instant local = Instant.ofEpochMilli(localMillis);
    Instant instant = LocalDateTime.ofInstant(local, ZoneOffset.UTC).atZone(timeZone).toInstant();
    add(metric, labels, seconds(instant.toEpochMilli()));
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, MILLIS_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** All metrics that have a series, each with its description and type. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    series.forEach(
        (metric, lines) -> {
          String name = metric.title();
          text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
          text.append("# TYPE ").append(name).append(' ').append(metric.type()).append('\n');
          text.append(lines);
        });
    return text.toString();
  }
}
