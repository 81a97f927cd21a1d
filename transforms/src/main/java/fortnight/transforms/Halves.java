package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/** The sums over the first and over the second half of a sliding window. */
record Halves(long previous, long current) {
  Halves plus(Halves other) {
    return new Halves(
        Math.addExact(previous, other.previous), Math.addExact(current, other.current));
  }

  static Coder<Halves> coder() {
    return HalvesCoder.INSTANCE;
  }

  private static final class HalvesCoder extends AtomicCoder<Halves> {
    static final HalvesCoder INSTANCE = new HalvesCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(Halves halves, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.writeSigned(halves.previous, out);
      Varints.writeSigned(halves.current, out);
    }

    @Override
    public Halves decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "Halves", in);
      return new Halves(Varints.readSigned(in), Varints.readSigned(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
