package fortnight.transforms;

/** What a comparison of two periods compares. */
public enum Measure {
  /** The transactions of the shop. */
  TRANSACTIONS,
  /** The distinct customers of the shop. */
  CUSTOMERS,
  /** The units of an item, net of returns. */
  UNITS;

  /** Returns the measure's amount of a volume. */
  public Int128 of(Volume volume) {
    return switch (this) {
      case TRANSACTIONS -> Int128.of(volume.transactions());
      case CUSTOMERS -> Int128.of(volume.customers());
      case UNITS -> volume.units();
    };
  }
}
