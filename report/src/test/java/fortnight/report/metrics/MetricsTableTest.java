package fortnight.report.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes the table of metrics in docs/live.md, and tests that the file contains it. */
class MetricsTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "live.md");

  @Test
  void isTheTableOfTheDocument() throws IOException {
    List<String> lines = Stream.of(Metric.values()).map(MetricsTableTest::line).toList();

    assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", lines));
  }

  @Test
  void statesTheLimitOfSeries() {
    assertThat(Metric.OMITTED_SERIES.help())
        .contains(String.format(Locale.ROOT, "%,d", RowMetrics.MAX_SERIES));
  }

  private static String line(Metric metric) {
    String labels = metric.labels().stream().map("`%s`"::formatted).collect(joining(", "));
    return "| `%s` | %s | %s |".formatted(metric.title(), labels, metric.help());
  }
}
