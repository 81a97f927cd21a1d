package fortnight.testdata;

import java.util.Arrays;

/**
 * Which household buys under which customer's id, both from 1. Without skew each has its own; with
 * skew s the first customer stands for s households (a shelter, say), the second for s / 2, the
 * third for s / 3, and so on.
 */
final class CustomerIds {
  /** The last household of each of the first customers, who have more than one. */
  private final long[] lastHousehold;

  CustomerIds(double skew) {
    int shared = (int) (skew / 1.5); // s / k rounds to 2 or more
    lastHousehold = new long[shared];
    long households = 0;
    for (int customer = 1; customer <= shared; customer++) {
      households += Math.round(skew / customer);
      lastHousehold[customer - 1] = households;
    }
  }

  long of(long household) {
    int shared = lastHousehold.length;
    if (shared == 0 || household > lastHousehold[shared - 1]) {
      return household - sharing() + shared;
    }
    int found = Arrays.binarySearch(lastHousehold, household);
    return 1L + (found >= 0 ? found : -found - 1);
  }

  /** How many households the first so many customers stand for. */
  long households(long customers) {
    int shared = lastHousehold.length;
    return customers <= shared
        ? lastHousehold[(int) customers - 1]
        : customers - shared + sharing();
  }

  private long sharing() {
    return lastHousehold.length == 0 ? 0 : lastHousehold[lastHousehold.length - 1];
  }
}
