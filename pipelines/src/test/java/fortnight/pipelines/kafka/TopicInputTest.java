package fortnight.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.RetailAnalytics;
import fortnight.pipelines.TestRun;
import fortnight.pipelines.options.RetailConfig;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The brokers may become unavailable between the preflight checks and the graph. */
class TopicInputTest {
  private static final String TOPIC = "kafka://nowhere.invalid:9092/sales";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--until=now", "--idleAfter=1m"})
  void reportsInOneSentenceThatTheGraphCannotBeBuilt(String flag) {
    RetailConfig flags = RetailConfig.parse("--input=" + TOPIC, flag, "--output=" + directory);
    Pipeline pipeline = Pipeline.create(flags.options());

    assertThatThrownBy(() -> RetailAnalytics.build(pipeline, flags))
        .isInstanceOf(CommandException.class)
        .hasNoCause()
        .hasMessageStartingWith(TOPIC + ": ");
  }

  @Test
  void rejectsAPortBeyondTheMaximum() {
    TestRun run = TestRun.of("--input=kafka://localhost:99999/sales");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--input=kafka://localhost:99999/sales: a port is from 1 to");
  }
}
