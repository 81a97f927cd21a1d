package fortnight.benchmarks.peers;

/** The part of a purchase, or of one line item, that streams shuffle. */
public class Sold {
  /** Event time, in milliseconds. */
  public long timestamp;

  /** 0 for a whole purchase. */
  public long item;

  public long lineItems;
  public long units;

  static Sold of(Purchase purchase) {
    Volume volume = Volume.of(purchase);
    return of(purchase, 0, volume.lineItems, volume.units);
  }

  static Sold of(Purchase purchase, Purchase.LineItem lineItem) {
    return of(purchase, lineItem.item, 1, lineItem.quantity);
  }

  private static Sold of(Purchase purchase, long item, long lineItems, long units) {
    Sold sold = new Sold();
    sold.timestamp = purchase.timestamp;
    sold.item = item;
    sold.lineItems = lineItems;
    sold.units = units;
    return sold;
  }

  /** Adds this to a volume; returns the volume. */
  Volume addTo(Volume volume) {
    volume.transactions++;
    volume.lineItems += lineItems;
    volume.units += units;
    return volume;
  }
}
