package fortnight.testdata.model;

import java.util.Arrays;

/**
 * Maps households to customer ids, both from 1. Without skew each household has its own id; with
 * skew s the first customer is s households (such as a shelter), the second s / 2, the third s / 3,
 * and so on.
 */
public final class CustomerIds {
  /** The last household of each customer that has more than one. */
  private final long[] lastHousehold;

  public CustomerIds(double skew) {
    int shared = (int) (skew / 1.5); // s / k rounds to 2 or more
    lastHousehold = new long[shared];
    long households = 0;
    for (int customer = 1; customer <= shared; customer++) {
      households += Math.round(skew / customer);
      lastHousehold[customer - 1] = households;
    }
  }

  /** The customer id of a household. */
  long of(long household) {
    int shared = lastHousehold.length;
    if (shared == 0 || household > lastHousehold[shared - 1]) {
      return household - sharingHouseholds() + shared;
    }
    int found = Arrays.binarySearch(lastHousehold, household);
    return 1L + (found >= 0 ? found : -found - 1);
  }

  /** The number of households of the customers 1 to {@code customers}. */
  public long households(long customers) {
    int shared = lastHousehold.length;
    return customers <= shared
        ? lastHousehold[(int) customers - 1]
        : customers - shared + sharingHouseholds();
  }

  private long sharingHouseholds() {
    return lastHousehold.length == 0 ? 0 : lastHousehold[lastHousehold.length - 1];
  }
}
