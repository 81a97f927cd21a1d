package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/** A line item of a transaction. */
public sealed interface LineItem {
  /** Returns the item sold. */
  Id item();

  /**
   * Returns the number of units, in units of the last decimal of the format; negative for a return.
   */
  long quantity();

  /** Returns quantity times price, in units of the last decimal; zero without prices. */
  Int128 amount();

  /** Returns the values of the dimensions of line items, in the order of the format. */
  List<Id> dimensions();

  /** Creates a line item without amount and dimensions. */
  static LineItem of(Id item, long quantity) {
    return new Compact(item, quantity, 0);
  }

  /** Creates a line item. */
  static LineItem of(Id item, long quantity, Int128 amount, List<Id> dimensions) {
    return dimensions.isEmpty() && amount.isLong()
        ? new Compact(item, quantity, amount.longValueExact())
        : new General(item, quantity, amount, dimensions);
  }

  static Coder<LineItem> coder() {
    return LineItemCoder.INSTANCE;
  }

  /**
   * A line item without dimensions, whose amount fits a long: as most, and without {@link Int128}.
   */
  record Compact(Id item, long quantity, long longAmount) implements LineItem {
    @Override
    public Int128 amount() {
      return Int128.of(longAmount);
    }

    @Override
    public List<Id> dimensions() {
      return List.of();
    }
  }

  /** A line item with dimensions, or with an amount that does not fit a long. */
  record General(Id item, long quantity, Int128 amount, List<Id> dimensions) implements LineItem {}

  final class LineItemCoder extends AtomicCoder<LineItem> {
    private static final long serialVersionUID = 1;

    private static final LineItemCoder INSTANCE = new LineItemCoder();

    @Override
    public void encode(LineItem lineItem, OutputStream out) throws IOException {
      Id.coder().encode(lineItem.item(), out);
      Varints.writeSigned(lineItem.quantity(), out);
      Varints.writeSigned(lineItem.amount(), out);
      Varints.writeIds(lineItem.dimensions(), out);
    }

    @Override
    public LineItem decode(InputStream in) throws IOException {
      return LineItem.of(
          Id.coder().decode(in),
          Varints.readSigned(in),
          Varints.readSigned128(in),
          Varints.readIds(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
