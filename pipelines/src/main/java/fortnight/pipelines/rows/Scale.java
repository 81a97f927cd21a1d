package fortnight.pipelines.rows;

import fortnight.common.Measure;
import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;

/**
 * How many decimals the numbers of rows have.
 *
 * @param hasRevenue whether rows of volumes have revenue
 */
record Scale(int unitDecimals, boolean hasRevenue, int revenueDecimals) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Whole units, and no revenue. */
  static final Scale UNITS = new Scale(0, false, 0);

  static Scale of(RecordFormat format) {
    return new Scale(format.quantityDecimals(), format.money() != null, format.revenueDecimals());
  }

  int decimals(Measure measure) {
    return switch (measure) {
      case TRANSACTIONS, CUSTOMERS -> 0;
      case UNITS -> unitDecimals;
      case REVENUE -> revenueDecimals;
    };
  }
}
