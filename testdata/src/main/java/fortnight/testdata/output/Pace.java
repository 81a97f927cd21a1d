package fortnight.testdata.output;

import fortnight.testdata.delivery.Delivery;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Delays records until their time of arrival on the shop's clock. */
public final class Pace {
  private static final long MIN_WAIT_NANOS = 1_000_000;

  private final double speedup;
  private final long begin;
  private final long beginNanos = System.nanoTime();

  /**
   * Starts the clock.
   *
   * @param speedup how many times as fast as this machine's clock the shop's runs; may be infinite
   * @param begin the current time of the shop's clock, microseconds
   */
  public Pace(double speedup, long begin) {
    this.speedup = speedup;
    this.begin = begin;
  }

  /** Waits for the record's time of arrival; flushes the destination before a wait. */
  public void await(Delivery delivery, Destination destination) throws IOException {
    if (Double.isInfinite(speedup)) {
      return;
    }
    double nanos = (delivery.arrival() - begin) / speedup * 1000;
    long early = beginNanos + (long) nanos - System.nanoTime();
    if (early > MIN_WAIT_NANOS) {
      destination.flush();
      sleep(early);
    }
  }

  private static void sleep(long nanos) throws IOException {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the next record");
    }
  }
}
