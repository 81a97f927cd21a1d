package fortnight.report.metrics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards in docs/grafana refer to metrics, labels and variables that exist. */
class GrafanaTest {
  private static final String PROMETHEUS = "fortnight-prometheus.json";
  private static final String POSTGRESQL = "fortnight-postgresql.json";
  private static final Pattern SELECTOR = Pattern.compile("(fortnight_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

  /** Labels that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  @Test
  void queriesUseMetricsAndLabelsThatExist() throws IOException {
    Map<String, Metric> metrics =
        Stream.of(Metric.values()).collect(toMap(Metric::title, metric -> metric));

    for (JsonNode query : read(PROMETHEUS).findValues("expr")) {
      List<MatchResult> selectors = matches(SELECTOR, query.textValue());
      assertThat(selectors).as(query.textValue()).isNotEmpty();
      for (MatchResult selector : selectors) {
        assertThat(metrics).containsKey(selector.group(1));
        Set<String> labels = new HashSet<>(metrics.get(selector.group(1)).labels());
        labels.addAll(OF_PROMETHEUS);
        assertThat(labels).as(selector.group()).containsAll(names(LABEL, selector.group(2)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PROMETHEUS, POSTGRESQL})
  void variablesAreDeclared(String file) throws IOException {
    JsonNode dashboard = read(file);

    assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
        .containsAll(names(VARIABLE, dashboard.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {PROMETHEUS, POSTGRESQL})
  void panelsUseTheChosenDataSource(String file) throws IOException {
    JsonNode dashboard = read(file);

    assertThat(dashboard.findValuesAsText("uid"))
        .containsOnly(file.replace(".json", ""), "${datasource}");
    assertThat(dashboard.at("/panels").findValuesAsText("id")).doesNotHaveDuplicates();
  }

  private static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(Path.of("..", "docs", "grafana", file).toFile());
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new HashSet<>();
    matches(pattern, text).forEach(match -> names.add(match.group(1)));
    return names;
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }
}
