package fortnight.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shutdown of an embedded Flink. */
@Timeout(60)
class EmbeddedFlinkIT {
  /** The jar of the actor system's classes, which Flink unpacks, and deletes when it is closed. */
  private static final String ACTOR_SYSTEM = "flink-rpc-akka";

  @Test
  void isClosedWhenTheJobHasEnded() throws IOException {
    FlinkPipelineOptions options = options();
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of(1, 2, 3));

    PipelineResult job = new FlinkRunnerSupport().run(pipeline);
    PipelineResult.State state = job.waitUntilFinish(Duration.standardSeconds(50));

    assertThat(state).isEqualTo(PipelineResult.State.DONE);
    try (Stream<Path> files = Files.list(Path.of(options.getFlinkConfDir()))) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(ACTOR_SYSTEM));
    }
  }

  /** Such a hook would stop the actor system while a job is being cancelled. */
  @Test
  void hasNoShutdownHookOfTheActorSystem() throws Exception {
    FlinkPipelineOptions options = options();
    options.setStreaming(true);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(GenerateSequence.from(0).withRate(1, Duration.standardSeconds(1)));

    List<String> before = shutdownHookNames();
    PipelineResult job = new FlinkRunnerSupport().run(pipeline);
    List<String> hooks = new ArrayList<>(shutdownHookNames());
    hooks.removeAll(before);
    PipelineResult.State state = job.cancel();

    // Flink's own hooks have names.
    assertThat(hooks).isNotEmpty().noneMatch(hook -> hook.matches("Thread-\\d+"));
    assertThat(state).isEqualTo(PipelineResult.State.CANCELLED);
  }

  private static FlinkPipelineOptions options() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setParallelism(1);
    options.setUseDataStreamForBatch(true);
    return options;
  }

  private static List<String> shutdownHookNames() throws ReflectiveOperationException {
    Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    hooks.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<Thread, Thread> all = (Map<Thread, Thread>) hooks.get(null);
    return all.keySet().stream().map(Thread::getName).toList();
  }
}
