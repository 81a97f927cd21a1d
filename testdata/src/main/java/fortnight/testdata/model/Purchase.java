package fortnight.testdata.model;

import java.util.Arrays;

/** A customer's purchase in a store; its time is microseconds since 1970 on the shop's clock. */
public final class Purchase {
  private final long micros;
  private final long customer;
  private final int store;
  private final int[] items;
  private final byte[] quantities;

  private Purchase(long micros, long customer, int store, int[] items, byte[] quantities) {
    this.micros = micros;
    this.customer = customer;
    this.store = store;
    this.items = items;
    this.quantities = quantities;
  }

  public long micros() {
    return micros;
  }

  public long customer() {
    return customer;
  }

  /** The store, from 1 to {@link Stores#COUNT}. */
  public int store() {
    return store;
  }

  public int lineItems() {
    return items.length;
  }

  public int item(int line) {
    return items[line];
  }

  public int quantity(int line) {
    return quantities[line];
  }

  /** The same purchase at another time. */
  public Purchase at(long otherMicros) {
    return new Purchase(otherMicros, customer, store, items, quantities);
  }

  /** Collects the line items of a purchase; reused for the next one. */
  public static final class Builder {
    private int[] items = new int[16];
    private byte[] quantities = new byte[16];
    private int size;

    public Builder clear() {
      size = 0;
      return this;
    }

    public Builder add(int item, int quantity) {
      if (size == items.length) {
        items = Arrays.copyOf(items, 2 * size);
        quantities = Arrays.copyOf(quantities, 2 * size);
      }
      items[size] = item;
      quantities[size++] = (byte) quantity;
      return this;
    }

    public Purchase build(long micros, long customer, int store) {
      return new Purchase(
          micros, customer, store, Arrays.copyOf(items, size), Arrays.copyOf(quantities, size));
    }
  }
}
