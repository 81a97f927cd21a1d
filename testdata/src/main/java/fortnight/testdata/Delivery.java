package fortnight.testdata;

import java.util.Comparator;

/**
 * A record on its way.
 *
 * @param arrival when it arrives, microseconds on the shop's clock
 * @param sequence orders what arrives at one time
 * @param malformation how it is broken, or null
 */
record Delivery(
    long arrival, long sequence, long id, Purchase purchase, Malformation malformation) {

  static final Comparator<Delivery> BY_ARRIVAL =
      Comparator.comparingLong(Delivery::arrival).thenComparingLong(Delivery::sequence);
}
