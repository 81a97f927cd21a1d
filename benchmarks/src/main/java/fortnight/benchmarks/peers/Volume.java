package fortnight.benchmarks.peers;

import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/** The sales of the shop or of an item. The transactions of items are not used. */
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

  /** An item's volume of one line item. */
  public static Volume of(Purchase.LineItem lineItem) {
    Volume volume = new Volume();
    volume.lineItems = 1;
    volume.units = lineItem.quantity;
    return volume;
  }

  /** Adds to this volume; returns this. */
  public Volume add(Volume other) {
    transactions += other.transactions;
    lineItems += other.lineItems;
    units += other.units;
    return this;
  }

  /** Returns a new sum of two. */
  public static Volume sum(Volume one, Volume other) {
    return new Volume().add(one).add(other);
  }
}
