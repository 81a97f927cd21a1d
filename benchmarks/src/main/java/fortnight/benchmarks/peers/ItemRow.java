package fortnight.benchmarks.peers;

import java.io.Serializable;

/** Makes a row of a window's start, in milliseconds, and what was sold of an item in it. */
interface ItemRow<T> extends Serializable {
  Row of(long start, long item, T sold);
}
