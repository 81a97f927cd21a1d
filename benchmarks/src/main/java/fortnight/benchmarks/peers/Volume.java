package fortnight.benchmarks.peers;

import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/** What was sold, of the shop or of an item. Nobody reads an item's transactions. */
@DefaultSchema(JavaFieldSchema.class)
public class Volume {
  public long transactions;
  public long lineItems;
  public long units;

  /** The shop's volume of one purchase. */
  public static Volume of(Purchase purchase) {
    Volume volume = new Volume();
    volume.transactions = 1;
    volume.lineItems = purchase.lineItems.length;
    for (Purchase.LineItem lineItem : purchase.lineItems) {
      volume.units += lineItem.quantity;
    }
    return volume;
  }

  /** An item's volume of one line. */
  public static Volume of(Purchase.LineItem lineItem) {
    Volume volume = new Volume();
    volume.lineItems = 1;
    volume.units = lineItem.quantity;
    return volume;
  }

  /** Adds to this one, and returns it. */
  public Volume add(Volume other) {
    transactions += other.transactions;
    lineItems += other.lineItems;
    units += other.units;
    return this;
  }

  /** The sum of two, as a third. */
  public static Volume sum(Volume one, Volume other) {
    return new Volume().add(one).add(other);
  }
}
