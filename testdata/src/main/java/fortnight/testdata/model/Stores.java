package fortnight.testdata.model;

/**
 * The stores of the shop, from 1. A household buys in one of them. The first store has the most
 * households; of ten stores, the second has 9/10 of its number, the third 8/10, and so on.
 *
 * <p>The store is a hash of the household, so it takes no draw from the random streams.
 */
public final class Stores {
  public static final int COUNT = 10;

  /** A part of a path of {@link RandomStream#stream} that no other stream has. */
  private static final long OWNER = -6;

  private static final int SHARES = COUNT * (COUNT + 1) / 2;

  private Stores() {}

  /** The store of a household. */
  static int of(long seed, long household) {
    long hash = RandomStream.stream(seed, OWNER, household);
    int share = (int) (RandomStream.unit(hash) * SHARES);
    int store = 1;
    for (int shares = COUNT; share >= shares; shares--) {
      share -= shares;
      store++;
    }
    return store;
  }
}
