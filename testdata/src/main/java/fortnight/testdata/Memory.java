package fortnight.testdata;

/**
 * What a run keeps: every household, and every record that is on its way; the rest is the same
 * however much is simulated. Bytes, measured on a JVM of 64 bits with a heap under 32 GB.
 */
record Memory(long households, long underway, long most) {
  private static final long A_HOUSEHOLD = 320;
  private static final long A_RECORD_UNDERWAY = 160;
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
    return new Memory(world.households(), underway, Runtime.getRuntime().maxMemory());
  }

  boolean isThere() {
    return needed() <= most * TO_BE_FILLED;
  }

  String sentence() {
    return ("%s households and %s records on their way at once need %s MB of memory, and this JVM"
            + " has %s: fewer --customers or --transactions, shorter delays, or java -Xmx%sm")
        .formatted(
            households,
            underway,
            needed() / A_MEGABYTE,
            (long) (most * TO_BE_FILLED) / A_MEGABYTE,
            (long) (needed() / TO_BE_FILLED) / A_MEGABYTE + 1);
  }

  private long needed() {
    return households * A_HOUSEHOLD + underway * A_RECORD_UNDERWAY;
  }
}
