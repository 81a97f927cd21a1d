package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The sums over a set of transactions. All sums are exact integers, so the order of addition does
 * not matter.
 *
 * @param transactions number of transactions; 0 in the volume of an item
 * @param lineItems number of line items
 * @param units sum of quantities, net of returns
 * @param first event time of the first transaction, in milliseconds; {@code Long.MAX_VALUE} if
 *     there is none
 * @param last event time of the last transaction, in milliseconds; {@code Long.MIN_VALUE} if there
 *     is none
 */
public record Volume(long transactions, long lineItems, Int128 units, long first, long last) {
  public static final Volume NONE = new Volume(0, 0, Int128.ZERO, Long.MAX_VALUE, Long.MIN_VALUE);

  public Volume(long transactions, long lineItems, long units, long first, long last) {
    this(transactions, lineItems, Int128.of(units), first, last);
  }

  /** Returns the volume of an item, which has no transactions. */
  public static Volume ofItem(long lineItems, long units) {
    return ofItem(lineItems, Int128.of(units));
  }

  private static Volume ofItem(long lineItems, Int128 units) {
    return new Volume(0, lineItems, units, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /** Returns the sum of both volumes. */
  public Volume plus(Volume other) {
    return new Volume(
        transactions + other.transactions,
        lineItems + other.lineItems,
        units.plus(other.units),
        Math.min(first, other.first),
        Math.max(last, other.last));
  }

  /** Returns the number of records summed: transactions for the shop, line items for an item. */
  public long records(Scope scope) {
    return scope.isShop() ? transactions : lineItems;
  }

  /** Returns the event time of the first transaction; undefined if there is none. */
  public Instant firstTransaction() {
    return Instant.ofEpochMilli(first);
  }

  /** Returns the event time of the last transaction; undefined if there is none. */
  public Instant lastTransaction() {
    return Instant.ofEpochMilli(last);
  }

  public static Coder<Volume> coder() {
    return VolumeCoder.INSTANCE;
  }

  /** Writes the event times only if there are transactions, so an item's volume is short. */
  private static final class VolumeCoder extends AtomicCoder<Volume> {
    private static final long serialVersionUID = 1;

    static final VolumeCoder INSTANCE = new VolumeCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(Volume volume, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.write(volume.transactions, out);
      Varints.write(volume.lineItems, out);
      Varints.writeSigned(volume.units, out);
      if (volume.transactions > 0) {
        Varints.write(volume.first, out);
        Varints.write(volume.last, out);
      }
    }

    @Override
    public Volume decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "Volume", in);
      long transactions = Varints.read(in);
      long lineItems = Varints.read(in);
      Int128 units = Varints.readSigned128(in);
      return transactions == 0
          ? ofItem(lineItems, units)
          : new Volume(transactions, lineItems, units, Varints.read(in), Varints.read(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
