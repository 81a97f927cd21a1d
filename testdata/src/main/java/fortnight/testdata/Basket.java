package fortnight.testdata;

import java.util.Arrays;

/** Line items while a customer shops; used again for the next customer. */
final class Basket {
  private int[] items = new int[16];
  private byte[] quantities = new byte[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int item, int quantity) {
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
      quantities = Arrays.copyOf(quantities, 2 * size);
    }
    items[size] = item;
    quantities[size++] = (byte) quantity;
  }

  Purchase paid(long micros, long customer) {
    return new Purchase(
        micros, customer, Arrays.copyOf(items, size), Arrays.copyOf(quantities, size));
  }
}
