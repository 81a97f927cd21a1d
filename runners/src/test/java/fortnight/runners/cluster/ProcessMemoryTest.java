package fortnight.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final Map<String, String> MEMORY =
      Map.of(
          "jobmanager.memory.process.size", "768m",
          "taskmanager.memory.process.size", "1536m");

  @Test
  void addsTheUsersJvmFlags() {
    Map<String, String> settings = new HashMap<>(MEMORY);
    settings.put("env.java.opts.all", "-Dall=1 -Xlog:gc");
    settings.put("env.java.opts.jobmanager", "-Djob=2");
    settings.put("env.java.opts.taskmanager", "-Dtask=3");

    ProcessMemory memory = new ProcessMemory(settings);

    assertThat(memory.jobManagerJvmFlags()).endsWith("-Dall=1", "-Xlog:gc", "-Djob=2");
    assertThat(memory.taskManagerJvmFlags()).endsWith("-Dall=1", "-Xlog:gc", "-Dtask=3");
  }

  @Test
  void hasNoOtherFlagsByDefault() {
    assertThat(new ProcessMemory(MEMORY).taskManagerJvmFlags())
        .hasSize(4)
        .allMatch(flag -> flag.startsWith("-X"));
  }
}
