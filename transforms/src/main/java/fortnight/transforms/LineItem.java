package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * A line item of a transaction.
 *
 * @param item the item sold
 * @param quantity number of units, in units of the last decimal of the format; negative for a
 *     return
 * @param amount quantity times price, in units of the last decimal; zero without prices
 * @param dimensions the values of the dimensions of line items, in the order of the format
 */
public record LineItem(Id item, long quantity, Int128 amount, List<Id> dimensions) {

  /** Creates a line item without amount and dimensions. */
  public LineItem(Id item, long quantity) {
    this(item, quantity, Int128.ZERO, List.of());
  }

  public static Coder<LineItem> coder() {
    return LineItemCoder.INSTANCE;
  }

  private static final class LineItemCoder extends AtomicCoder<LineItem> {
    private static final long serialVersionUID = 1;

    static final LineItemCoder INSTANCE = new LineItemCoder();

    @Override
    public void encode(LineItem lineItem, OutputStream out) throws IOException {
      Id.coder().encode(lineItem.item, out);
      Varints.writeSigned(lineItem.quantity, out);
      Varints.writeSigned(lineItem.amount, out);
      Varints.writeIds(lineItem.dimensions, out);
    }

    @Override
    public LineItem decode(InputStream in) throws IOException {
      return new LineItem(
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
