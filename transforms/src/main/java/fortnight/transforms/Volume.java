package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * How much was sold. All sums are exact integers, so they do not depend on the order of their
 * parts.
 *
 * @param transactions number of transactions; always 0 in the volume of an item
 * @param lineItems number of line items
 * @param units sum of quantities, net of returns
 * @param first event time of the first transaction, in milliseconds; {@code Long.MAX_VALUE} where
 *     there is none
 * @param last event time of the last transaction, in milliseconds; {@code Long.MIN_VALUE} where
 *     there is none
 */
public record Volume(long transactions, long lineItems, Int128 units, long first, long last) {
  public static final Volume NONE = new Volume(0, 0, Int128.ZERO, Long.MAX_VALUE, Long.MIN_VALUE);

  public Volume(long transactions, long lineItems, long units, long first, long last) {
    this(transactions, lineItems, Int128.of(units), first, last);
  }

  /** The volume of an item. */
  public static Volume ofItem(long lineItems, long units) {
    return ofItem(lineItems, Int128.of(units));
  }

  private static Volume ofItem(long lineItems, Int128 units) {
    return new Volume(0, lineItems, units, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /** The sum of both volumes. */
  public Volume plus(Volume other) {
    return new Volume(
        transactions + other.transactions,
        lineItems + other.lineItems,
        units.plus(other.units),
        Math.min(first, other.first),
        Math.max(last, other.last));
  }

  /** How many records this sums: transactions for the shop, line items for an item. */
  public long records(Scope scope) {
    return scope.isShop() ? transactions : lineItems;
  }

  /** Event time of the first transaction; only where there is one. */
  public Instant firstTransaction() {
    return Instant.ofEpochMilli(first);
  }

  /** Event time of the last transaction; only where there is one. */
  public Instant lastTransaction() {
    return Instant.ofEpochMilli(last);
  }

  public static Coder<Volume> coder() {
    return VolumeCoder.INSTANCE;
  }

  /** An item's volume takes few bytes: the two times stand only where there are transactions. */
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
