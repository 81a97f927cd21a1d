package fortnight.runners;

import fortnight.common.process.Ports;
import fortnight.runners.cluster.LocalFlink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * TaskManagers and the broker are killed twenty times while a million transactions are read. Prints
 * the time from each kill to the first rows of transactions that were sent after it.
 */
@EnabledIfSystemProperty(named = "long", matches = "true")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TwentyKillsIT {
  private static final int TRANSACTIONS = 1_000_000;
  private static final int KILLS = 20;
  private static final double NANOS = 1e9;

  @TempDir private Path directory;

  @Test
  void doNotChangeRows() throws Exception {
    Random random = new Random(1);
    List<Double> taskManagers = new ArrayList<>();
    List<Double> brokers = new ArrayList<>();
    Shop shop = Shop.simulateYear(directory, TRANSACTIONS);
    int port = Ports.choose(0).clients();
    JarProcess broker = JarProcess.broker(directory, port);
    try (LocalFlink flink =
        LocalFlink.start(
            FlinkJobs.restarting().withTaskManagers(1, 2).with("heartbeat.timeout", "4000"))) {
      FlinkJobs jobs = FlinkJobs.of(flink);
      ShopStream stream = new ShopStream("shop", shop, 2 * KILLS + 1, jobs, "localhost:" + port);
      stream.submit("--parallelism=2");
      stream.feed(0);
      stream.awaitSomeOf(0);
      for (int kill = 1; kill <= KILLS; kill++) {
        stream.feed(2 * kill - 1);
        TimeUnit.MILLISECONDS.sleep(
            random.nextInt(2_000)); // At a random point while the part is read.
        long start = System.nanoTime();
        boolean isBroker = random.nextInt(3) == 0;
        if (isBroker) {
          broker.kill();
          broker = JarProcess.broker(directory, port);
        } else {
          flink.kill(flink.taskManagers().get(0));
          flink.startTaskManager();
        }
        stream.feed(2 * kill);
        stream.awaitSomeOf(2 * kill);
        (isBroker ? brokers : taskManagers).add((System.nanoTime() - start) / NANOS);
      }
      stream.awaitExpectedRows();
    } finally {
      broker.stop();
    }
    print("TaskManager", taskManagers);
    print("broker", brokers);
  }

  private static void print(String what, List<Double> seconds) {
    seconds.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%d kills of the %s: rows again after %.1f s (median), %.1f s (worst)%n",
        seconds.size(),
        what,
        seconds.get(seconds.size() / 2),
        seconds.get(seconds.size() - 1));
  }
}
