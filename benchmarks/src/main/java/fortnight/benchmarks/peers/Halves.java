package fortnight.benchmarks.peers;

import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * What was sold in each half of a window of two weeks. Of two neighbouring weeks one has an even
 * number and one an odd, so that who adds up need not know the window; who reads does.
 */
@DefaultSchema(JavaFieldSchema.class)
public class Halves {
  public long even;
  public long odd;

  /** What was sold at one time. */
  public static Halves of(long time, long count) {
    return new Halves().add(time, count);
  }

  /** Adds what was sold at a time, and returns this. */
  public Halves add(long time, long count) {
    if (isEven(time)) {
      even += count;
    } else {
      odd += count;
    }
    return this;
  }

  /** The sum of two, as a third. */
  public static Halves sum(Halves one, Halves other) {
    Halves sum = new Halves();
    sum.even = one.even + other.even;
    sum.odd = one.odd + other.odd;
    return sum;
  }

  /** Of the first week of the window that starts then, in milliseconds. */
  public long previous(long windowStart) {
    return isEven(windowStart) ? even : odd;
  }

  /** Of the second week of the window that starts then, in milliseconds. */
  public long current(long windowStart) {
    return isEven(windowStart) ? odd : even;
  }

  private static boolean isEven(long time) {
    return Week.number(time) % 2 == 0;
  }
}
