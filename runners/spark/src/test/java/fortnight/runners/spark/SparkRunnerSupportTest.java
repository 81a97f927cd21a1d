package fortnight.runners.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkRunnerSupportTest {
  private final SparkRunnerSupport spark = new SparkRunnerSupport();

  @Test
  void rejectsAStream() {
    Optional<String> problem = spark.wrongFlag(options(), true);

    assertThat(problem)
        .hasValueSatisfying(
            text -> assertThat(text).contains("beam#19411", "--until=now", "--runner=FlinkRunner"));
  }

  @Test
  void acceptsABoundedRun() {
    assertThat(spark.wrongFlag(options(), false)).isEmpty();
  }

  @Test
  void rejectsFilesInStreamingMode() {
    assertThat(spark.wrongFlag(options("--streaming=true"), false))
        .hasValueSatisfying(text -> assertThat(text).startsWith("--streaming=true: "));
  }

  @Test
  void rejectsARunThatWouldCountTwice() {
    assertThat(spark.wrongFlag(options("--cacheDisabled=true"), false))
        .hasValueSatisfying(text -> assertThat(text).contains("counted twice"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[2]",
        "local[*]",
        "local[2,3]",
        "spark://one:7077",
        "spark://one:7077,two:7077",
        "spark://[::1]:7077",
        "yarn",
        "k8s://https://one:6443"
      })
  void acceptsAMaster(String master) {
    assertThat(spark.wrongFlag(options("--sparkMaster=" + master), false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "local[two]", "one:7077", "spark://one", "spark://one:7077,two"})
  void rejectsWhatIsNotAMaster(String master) {
    assertThat(spark.wrongFlag(options("--sparkMaster=" + master), false))
        .hasValue(
            "--sparkMaster="
                + master
                + ": not a master; use spark://HOST:PORT, yarn, k8s://URL, or local[N]");
  }

  @Test
  void reportsThatNoMasterResponds() {
    assertThat(spark.problem(options("--sparkMaster=spark://127.0.0.1:1")))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("--sparkMaster=spark://127.0.0.1:1: no master responds ("));
    assertThat(spark.problem(options("--sparkMaster=local[2]"))).isEmpty();
  }

  @Test
  void distinguishesThisMachineFromOthers() {
    assertThat(spark.isElsewhere(options("--sparkMaster=spark://localhost:7077"))).isFalse();
    assertThat(spark.isInOtherProcesses(options("--sparkMaster=spark://localhost:7077"))).isTrue();
    assertThat(spark.isInOtherProcesses(options("--sparkMaster=local[2]"))).isFalse();
    assertThat(spark.isElsewhere(options("--sparkMaster=yarn"))).isTrue();
  }

  private static SparkPipelineOptions options(String... flags) {
    return PipelineOptionsFactory.fromArgs(flags).as(SparkPipelineOptions.class);
  }
}
