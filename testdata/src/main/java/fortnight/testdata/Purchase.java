package fortnight.testdata;

/** Who bought what when; microseconds since 1970 on the shop's clock. */
final class Purchase {
  final long micros;
  final long customer;
  private final int[] items;
  private final byte[] quantities;

  Purchase(long micros, long customer, int[] items, byte[] quantities) {
    this.micros = micros;
    this.customer = customer;
    this.items = items;
    this.quantities = quantities;
  }

  int lineItems() {
    return items.length;
  }

  int item(int line) {
    return items[line];
  }

  int quantity(int line) {
    return quantities[line];
  }

  /** The same at another time. */
  Purchase at(long otherMicros) {
    return new Purchase(otherMicros, customer, items, quantities);
  }
}
