package fortnight.common;

/** What the analyses sum, and compare between two periods. */
public enum Measure {
  /** Transactions of the shop. */
  TRANSACTIONS,
  /** Distinct customers of the shop. */
  CUSTOMERS,
  /** Units sold, net of returns. */
  UNITS,
  /** The sum of the prices of all units, net of returns. */
  REVENUE
}
