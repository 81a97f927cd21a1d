package fortnight.runners;

import fortnight.common.process.Ports;
import fortnight.runners.cluster.LocalFlink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Fifteen faults of five kinds, at random times while a year is read, do not change the rows. */
@EnabledIfSystemProperty(named = "long", matches = "true")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SeededFaultsIT {
  private static final int TRANSACTIONS = 100_000;
  private static final int FAULTS = 15;
  private static final int PAUSE_SECONDS = 20;

  private enum Fault {
    TASK_MANAGER_KILLED,
    JOB_MANAGER_KILLED,
    BROKER_KILLED,
    TASK_MANAGER_PAUSED,
    RESCALED
  }

  @TempDir private Path directory;

  private JarProcess broker;
  private LocalFlink flink;
  private FlinkJobs jobs;
  private ShopStream stream;
  private String job;
  private String savepoint;
  private int port;

  @Test
  void doNotChangeRows() throws Exception {
    Random random = new Random(Long.getLong("seed", 1));
    port = Ports.choose(0).clients();
    Shop shop = Shop.simulateYear(directory, TRANSACTIONS);
    broker = JarProcess.broker(directory, port);
    flink =
        LocalFlink.start(
            FlinkJobs.restarting().withTaskManagers(1, 4).with("heartbeat.timeout", "10000"));
    try {
      jobs = FlinkJobs.of(flink);
      stream = new ShopStream("shop", shop, FAULTS + 1, jobs, "localhost:" + port);
      job = stream.submit("--parallelism=2", "--earlyEvery=1s");
      stream.feed(0);
      stream.awaitSomeOf(0);
      savepoint = jobs.lastCheckpoint(job);
      // Each kind three times; the seed determines the order and the times.
      List<Fault> faults = new ArrayList<>();
      for (int i = 0; i < FAULTS; i++) {
        faults.add(Fault.values()[i % Fault.values().length]);
      }
      Collections.shuffle(faults, random);
      for (int i = 1; i <= FAULTS; i++) {
        Fault fault = faults.get(i - 1);
        System.out.println("fault " + i + ": " + fault);
        stream.feed(i);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
        cause(fault, 1 + random.nextInt(4));
        stream.awaitSomeOf(i - 1);
      }
      stream.awaitExpectedRows();
    } finally {
      flink.close();
      broker.stop();
    }
  }

  private void cause(Fault fault, int parallelism) throws Exception {
    switch (fault) {
      case TASK_MANAGER_KILLED -> {
        flink.kill(flink.taskManagers().get(0));
        flink.startTaskManager();
      }
      case JOB_MANAGER_KILLED -> {
        flink.restartJobManager();
        flink.awaitReady();
        submit(jobs.hasCheckpoint(job) ? jobs.lastCheckpoint(job) : savepoint, 2);
      }
      case BROKER_KILLED -> {
        broker.kill();
        broker = JarProcess.broker(directory, port);
      }
      case TASK_MANAGER_PAUSED -> {
        long pid = flink.taskManagers().get(0).pid();
        signal("-STOP", pid);
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        signal("-CONT", pid);
      }
      case RESCALED -> {
        jobs.awaitNextCheckpoint(job); // It may be restarting after the fault before this one.
        submit(jobs.stopWithSavepoint(job), parallelism);
      }
    }
  }

  private void submit(String from, int parallelism) {
    savepoint = from;
    job =
        stream.submit(
            "--parallelism=" + parallelism, "--earlyEvery=1s", "--savepointPath=" + savepoint);
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", name, Long.toString(pid)).inheritIO().start().waitFor();
  }
}
