package fortnight.runners;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM. The process ends when this is closed and not before, so that all is cleaned
 * up.
 */
final class StopSignal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
    return signal;
  }

  /** Returns when it has come. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Whether it has come, or comes within this time. */
  boolean comesWithin(int milliseconds) throws InterruptedException {
    return asked.await(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** What was started is stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }

  /** The process ends when its hooks have, so this one waits. */
  private void stop() {
    asked.countDown();
    try {
      if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Not all was stopped; what is left is in the data directory.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
