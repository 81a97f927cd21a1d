package fortnight.transforms.volumes;

import fortnight.transforms.DistinctIds;
import fortnight.transforms.Int128;
import fortnight.transforms.Varints;
import fortnight.transforms.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * The volumes of the previous and the current period of a comparison.
 *
 * @param reached whether the scope has sales in the slices by which the window is later than the
 *     one before it
 */
public record Halves(Volume previous, Volume current, boolean reached) {
  Halves plus(Halves other) {
    return new Halves(
        previous.plus(other.previous), current.plus(other.current), reached || other.reached);
  }

  public static Coder<Halves> coder() {
    return HalvesCoder.INSTANCE;
  }

  private static final class HalvesCoder extends AtomicCoder<Halves> {
    private static final long serialVersionUID = 1;

    static final HalvesCoder INSTANCE = new HalvesCoder();

    /** Had one amount for each half: transactions of the shop, or units of an item. */
    private static final int VERSION_OF_AMOUNTS = 1;

    private static final int VERSION = 2;

    @Override
    public void encode(Halves halves, OutputStream out) throws IOException {
      out.write(VERSION);
      Volume.coder().encode(halves.previous, out);
      Volume.coder().encode(halves.current, out);
      out.write(halves.reached ? 1 : 0);
    }

    @Override
    public Halves decode(InputStream in) throws IOException {
      return Varints.readVersion("Halves", in, VERSION_OF_AMOUNTS, VERSION) == VERSION_OF_AMOUNTS
          ? decodeAmounts(in)
          : new Halves(Volume.coder().decode(in), Volume.coder().decode(in), in.read() == 1);
    }

    private static Halves decodeAmounts(InputStream in) throws IOException {
      Int128 previous = Varints.readSigned128(in);
      Int128 current = Varints.readSigned128(in);
      long records = Varints.read(in);
      return new Halves(ofAmount(previous, records), ofAmount(current, 0), in.read() == 1);
    }

    /** Sets both numbers, since the scope, which decides which of them is used, is unknown. */
    private static Volume ofAmount(Int128 amount, long lineItems) {
      return new Volume(
          Math.max(0, amount.low()),
          lineItems,
          amount,
          Int128.ZERO,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          DistinctIds.NONE);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
