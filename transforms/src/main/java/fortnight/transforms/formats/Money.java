package fortnight.transforms.formats;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where the amounts of line items are in a record.
 *
 * @param value the price of a unit, or the amount of a line item
 * @param isAmount whether the value is the amount of a line item, which quantities do not multiply
 * @param decimals number of decimals of prices; a price with more is rejected
 * @param isMinor whether a price is an integer in units of the last decimal, such as cents
 * @param currency null if all amounts are of one currency
 */
public record Money(
    FieldValue value,
    boolean isAmount,
    int decimals,
    boolean isMinor,
    @Nullable FieldValue currency)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Number of decimals of prices by default. */
  public static final int DEFAULT_DECIMALS = 2;

  /** Returns the number of decimals of a price as it is written. */
  public int writtenDecimals() {
    return isMinor ? 0 : decimals;
  }
}
