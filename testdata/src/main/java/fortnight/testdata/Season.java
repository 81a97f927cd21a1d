package fortnight.testdata;

import java.time.Month;

/** The months in which a product sells, both inclusive; in all others it hardly does. */
record Season(Month first, Month last) {
  private static final double OFF = 0.015;

  boolean isOn(Month month) {
    return first.compareTo(last) <= 0
        ? month.compareTo(first) >= 0 && month.compareTo(last) <= 0
        : month.compareTo(first) >= 0 || month.compareTo(last) <= 0;
  }

  /** How likely a sale is in this month, relative to the season. */
  double weight(Month month) {
    return isOn(month) ? 1 : OFF;
  }

  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
