package fortnight.benchmarks.peers;

import java.io.Serializable;

/** Makes a row of a window's start, in milliseconds, and what the shop sold in it. */
interface ShopRow<T> extends Serializable {
  Row of(long start, T sold);
}
