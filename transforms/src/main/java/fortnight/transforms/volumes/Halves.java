package fortnight.transforms.volumes;

import fortnight.transforms.Int128;
import fortnight.transforms.Scope;
import fortnight.transforms.Varints;
import fortnight.transforms.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/**
 * The sums over the first and the second half of a sliding window.
 *
 * @param previous transactions or units of the first half
 * @param current transactions or units of the second half
 * @param records number of records in both halves: transactions of the shop, line items of an item
 * @param reached whether the scope has sales in the window's last slice
 */
public record Halves(Int128 previous, Int128 current, long records, boolean reached) {
  /** Returns the compared amount of a volume: transactions of the shop, units of an item. */
  static Int128 amount(Scope scope, Volume volume) {
    return scope.isShop() ? Int128.of(volume.transactions()) : volume.units();
  }

  Halves plus(Halves other) {
    return new Halves(
        previous.plus(other.previous),
        current.plus(other.current),
        records + other.records,
        reached || other.reached);
  }

  public static Coder<Halves> coder() {
    return HalvesCoder.INSTANCE;
  }

  private static final class HalvesCoder extends AtomicCoder<Halves> {
    private static final long serialVersionUID = 1;

    static final HalvesCoder INSTANCE = new HalvesCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(Halves halves, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.writeSigned(halves.previous, out);
      Varints.writeSigned(halves.current, out);
      Varints.write(halves.records, out);
      out.write(halves.reached ? 1 : 0);
    }

    @Override
    public Halves decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "Halves", in);
      return new Halves(
          Varints.readSigned128(in), Varints.readSigned128(in), Varints.read(in), in.read() == 1);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
