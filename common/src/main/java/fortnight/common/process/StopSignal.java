package fortnight.common.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives Ctrl-C and SIGTERM. The process exits once this is closed, so that everything can be
 * cleaned up before.
 */
public final class StopSignal implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 30;

  private final CountDownLatch received = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::awaitClose, "stop"));
    return signal;
  }

  /** Blocks until the signal arrives. */
  public void await() throws InterruptedException {
    received.await();
  }

  /** Blocks until the signal or the timeout; returns whether the signal has arrived. */
  public boolean arrivesWithin(int milliseconds) throws InterruptedException {
    return received.await(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Lets the process exit. */
  @Override
  public void close() {
    stopped.countDown();
  }

  /** Blocks in a shutdown hook, since the JVM halts when all hooks have returned. */
  private void awaitClose() {
    received.countDown();
    try {
      if (!stopped.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "fortnight: not everything stopped within %d seconds; temporary files may remain"
                .formatted(TIMEOUT_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
