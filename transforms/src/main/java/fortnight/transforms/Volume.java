package fortnight.transforms;

import fortnight.common.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The sums over a set of records. All sums are exact integers or sets, so the order of addition
 * does not matter.
 *
 * @param records number of records; 0 in the volume of an item. A record is a transaction, or a
 *     line item if the format is flat
 * @param lineItems number of line items
 * @param units sum of quantities, net of returns, in units of the last decimal
 * @param revenue sum of amounts, net of returns, in units of the last decimal
 * @param first event time of the first transaction, in milliseconds; {@code Long.MAX_VALUE} if
 *     there is none
 * @param last event time of the last transaction, in milliseconds; {@code Long.MIN_VALUE} if there
 *     is none
 * @param ids the distinct transactions and customers, as far as they are counted
 */
public record Volume(
    long records,
    long lineItems,
    Int128 units,
    Int128 revenue,
    long first,
    long last,
    DistinctIds ids) {
  public static final Volume NONE =
      new Volume(0, 0, Int128.ZERO, Int128.ZERO, Long.MAX_VALUE, Long.MIN_VALUE, DistinctIds.NONE);

  /** Creates a volume of records that are transactions, without revenue and customers. */
  public Volume(long transactions, long lineItems, long units, long first, long last) {
    this(transactions, lineItems, Int128.of(units), Int128.ZERO, first, last, DistinctIds.NONE);
  }

  /** Returns the volume of an item, which has no transactions. */
  public static Volume ofItem(long lineItems, long units) {
    return ofItem(lineItems, units, 0);
  }

  /** Returns the volume of an item with its revenue. */
  public static Volume ofItem(long lineItems, long units, long revenue) {
    return new Volume(
        0,
        lineItems,
        Int128.of(units),
        Int128.of(revenue),
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        DistinctIds.NONE);
  }

  /** Returns the sum of both volumes. */
  public Volume plus(Volume other) {
    return new Volume(
        records + other.records,
        lineItems + other.lineItems,
        units.plus(other.units),
        revenue.plus(other.revenue),
        Math.min(first, other.first),
        Math.max(last, other.last),
        ids.plus(other.ids));
  }

  /** Returns the number of transactions: of records, or of distinct ids if the format is flat. */
  public long transactions() {
    return ids.transactions().isEmpty() ? records : ids.transactions().size();
  }

  /** Returns the number of distinct customers; 0 if they are not counted. */
  public long customers() {
    return ids.customers().size();
  }

  /** Returns the amount of a measure. */
  public Int128 of(Measure measure) {
    return switch (measure) {
      case TRANSACTIONS -> Int128.of(transactions());
      case CUSTOMERS -> Int128.of(customers());
      case UNITS -> units;
      case REVENUE -> revenue;
    };
  }

  /** Returns the number of records summed; for an item, of line items. */
  public long records(Scope scope) {
    return scope.isShop() ? records : lineItems;
  }

  /** Returns the same sums without the sets of ids. */
  public Volume withoutIds() {
    return ids.isEmpty()
        ? this
        : new Volume(records, lineItems, units, revenue, first, last, DistinctIds.NONE);
  }

  /** Returns the same sums without the set of customers. */
  public Volume withoutCustomers() {
    return ids.customers().isEmpty()
        ? this
        : new Volume(
            records,
            lineItems,
            units,
            revenue,
            first,
            last,
            new DistinctIds(ids.transactions(), IdSet.EMPTY));
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

  /**
   * Writes the event times only if there are transactions, so an item's volume is short, and
   * revenue and ids only if there are any.
   */
  private static final class VolumeCoder extends AtomicCoder<Volume> {
    private static final long serialVersionUID = 1;

    static final VolumeCoder INSTANCE = new VolumeCoder();

    private static final int FIRST_VERSION = 1;

    /** Added to the version if there are ids. */
    private static final int WITH_IDS = 1;

    /** Added to the version if there is revenue. */
    private static final int WITH_REVENUE = 2;

    private static final int LAST_VERSION = FIRST_VERSION + WITH_IDS + WITH_REVENUE;

    @Override
    public void encode(Volume volume, OutputStream out) throws IOException {
      boolean hasRevenue = !volume.revenue.equals(Int128.ZERO);
      out.write(
          FIRST_VERSION + (volume.ids.isEmpty() ? 0 : WITH_IDS) + (hasRevenue ? WITH_REVENUE : 0));
      Varints.write(volume.records, out);
      Varints.write(volume.lineItems, out);
      Varints.writeSigned(volume.units, out);
      if (hasRevenue) {
        Varints.writeSigned(volume.revenue, out);
      }
      if (volume.records > 0) {
        Varints.write(volume.first, out);
        Varints.write(volume.last, out);
      }
      if (!volume.ids.isEmpty()) {
        volume.ids.encode(out);
      }
    }

    @Override
    public Volume decode(InputStream in) throws IOException {
      int parts = Varints.readVersion("Volume", in, FIRST_VERSION, LAST_VERSION) - FIRST_VERSION;
      long records = Varints.read(in);
      long lineItems = Varints.read(in);
      Int128 units = Varints.readSigned128(in);
      Int128 revenue = (parts & WITH_REVENUE) == 0 ? Int128.ZERO : Varints.readSigned128(in);
      long first = records == 0 ? Long.MAX_VALUE : Varints.read(in);
      long last = records == 0 ? Long.MIN_VALUE : Varints.read(in);
      DistinctIds ids = (parts & WITH_IDS) == 0 ? DistinctIds.NONE : DistinctIds.decode(in);
      return new Volume(records, lineItems, units, revenue, first, last, ids);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
