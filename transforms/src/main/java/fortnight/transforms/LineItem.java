package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * A line item of a transaction.
 *
 * @param item the item sold
 * @param quantity number of units; negative for a return
 */
public record LineItem(Id item, long quantity) {

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
    }

    @Override
    public LineItem decode(InputStream in) throws IOException {
      return new LineItem(Id.coder().decode(in), Varints.readSigned(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
