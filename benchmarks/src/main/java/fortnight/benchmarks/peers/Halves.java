package fortnight.benchmarks.peers;

import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * The sales in each half of a window of two weeks, as sums over weeks with even and with odd
 * numbers. So adding does not need to know the window; reading does.
 */
@DefaultSchema(JavaFieldSchema.class)
public class Halves {
  public long even;
  public long odd;

  /** The halves of a single sale. */
  public static Halves of(long time, long count) {
    return new Halves().add(time, count);
  }

  /** Adds a sale; returns this. */
  public Halves add(long time, long count) {
    if (isEven(time)) {
      even += count;
    } else {
      odd += count;
    }
    return this;
  }

  /** Returns a new sum of two. */
  public static Halves sum(Halves one, Halves other) {
    Halves sum = new Halves();
    sum.even = one.even + other.even;
    sum.odd = one.odd + other.odd;
    return sum;
  }

  /** The first week of the window with this start, in milliseconds. */
  public long previous(long windowStart) {
    return isEven(windowStart) ? even : odd;
  }

  /** The second week of the window with this start, in milliseconds. */
  public long current(long windowStart) {
    return isEven(windowStart) ? odd : even;
  }

  private static boolean isEven(long time) {
    return Week.number(time) % 2 == 0;
  }
}
