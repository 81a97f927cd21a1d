package fortnight.transforms.volumes;

import fortnight.transforms.Int128;
import fortnight.transforms.VolumeChange;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * Which changes are outliers.
 *
 * @param above a ratio of at least so much is one
 * @param below a ratio of at most so much is one
 * @param minimum what the larger one of the two amounts must be at least, in whole units
 * @param unitDecimals the number of decimals of units in a change
 * @param revenueDecimals the number of decimals of revenue in a change
 */
public record OutlierLimits(
    double above, double below, BigDecimal minimum, int unitDecimals, int revenueDecimals)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Sevenfold or more, or 15 % or less. */
  public static final OutlierLimits DEFAULT = new OutlierLimits(7, 0.15, BigDecimal.ZERO, 0, 0);

  /** Returns whether the limits are the same, whatever the number of decimals. */
  public boolean areThoseOf(OutlierLimits other) {
    return above == other.above && below == other.below && minimum.compareTo(other.minimum) == 0;
  }

  boolean areExceededBy(VolumeChange change) {
    if (change.ratio().isEmpty()) {
      return false;
    }
    double ratio = change.ratio().getAsDouble();
    return (ratio >= above || ratio <= below) && isLarge(change);
  }

  private boolean isLarge(VolumeChange change) {
    Int128 larger =
        change.current().compareTo(change.previous()) > 0 ? change.current() : change.previous();
    int decimals =
        switch (change.measure()) {
          case REVENUE -> revenueDecimals;
          case UNITS -> unitDecimals;
          case TRANSACTIONS, CUSTOMERS -> 0;
        };
    return new BigDecimal(larger.toBigInteger(), decimals).compareTo(minimum) >= 0;
  }
}
