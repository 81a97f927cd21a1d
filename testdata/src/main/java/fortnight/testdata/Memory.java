package fortnight.testdata;

/**
 * What a run keeps: every household, every record that is on its way, and two sums of every
 * product; the rest is the same however much is simulated. Bytes, measured on a JVM of 64 bits with
 * a heap under 32 GB.
 */
record Memory(long households, long underway, long products, long most) {
  private static final long A_HOUSEHOLD = 320;
  private static final long A_RECORD_UNDERWAY = 160;
  private static final long A_PRODUCT = 16;
  private static final double TO_BE_FILLED = 0.7;
  private static final long A_MEGABYTE = 1 << 20;

  /**
   * For this world over this road, in this JVM.
   *
   * @param speedup how many times as fast as the road's clock the shop's goes
   */
  static Memory of(World world, Faults faults, double speedup) {
    double atOnce =
        faults.outOfOrder() / 2.0 + faults.late() * faults.lateBy(); // how long a record travels
    double share = Math.min(1, atOnce * speedup / world.span().length());
    double copies = 1 + faults.duplicates() + faults.malformed();
    long underway = (long) (world.expectedPurchases() * share * copies);
    long products = world.catalog().size();
    return new Memory(world.households(), underway, products, Runtime.getRuntime().maxMemory());
  }

  boolean isThere() {
    return needed() <= most * TO_BE_FILLED;
  }

  String sentence() {
    return ("%s households, %s records on their way at once and %s products need %s MB of memory,"
            + " and this JVM has %s for them: fewer --customers, --transactions or --products,"
            + " shorter --late or --outOfOrder, or java -Xmx%sm")
        .formatted(
            households,
            underway,
            products,
            needed() / A_MEGABYTE,
            (long) (most * TO_BE_FILLED) / A_MEGABYTE,
            (long) (needed() / TO_BE_FILLED) / A_MEGABYTE + 1);
  }

  private long needed() {
    return households * A_HOUSEHOLD + underway * A_RECORD_UNDERWAY + products * A_PRODUCT;
  }
}
