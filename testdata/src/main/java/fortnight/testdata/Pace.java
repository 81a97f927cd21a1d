package fortnight.testdata;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Holds records back until their time has come. */
final class Pace {
  private static final long WORTH_WAITING_NANOS = 1_000_000;

  private final double speedup;
  private final long begin;
  private final long beginNanos = System.nanoTime();

  /**
   * A pace.
   *
   * @param speedup how many times as fast as this machine's clock the shop's goes; may be infinite
   * @param begin what the shop's clock says now, microseconds
   */
  Pace(double speedup, long begin) {
    this.speedup = speedup;
    this.begin = begin;
  }

  /** Returns when it is time; what was written before is handed on meanwhile. */
  void await(Delivery delivery, Destination destination) throws IOException {
    if (Double.isInfinite(speedup)) {
      return;
    }
    double nanos = (delivery.arrival() - begin) / speedup * 1000;
    long early = beginNanos + (long) nanos - System.nanoTime();
    if (early > WORTH_WAITING_NANOS) {
      destination.flush();
      sleep(early);
    }
  }

  private static void sleep(long nanos) throws IOException {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the next record.");
    }
  }
}
