package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The volume of one slice of time, from which every window that covers the slice is combined.
 *
 * @param start where the slice starts in event time
 * @param scope what it is the volume of
 * @param volume how much was sold
 */
public record Slice(Instant start, Scope scope, Volume volume) {

  public static Coder<Slice> coder() {
    return SliceCoder.INSTANCE;
  }

  private static final class SliceCoder extends AtomicCoder<Slice> {
    static final SliceCoder INSTANCE = new SliceCoder();

    @Override
    public void encode(Slice slice, OutputStream out) throws IOException {
      Varints.writeSigned(slice.start.getMillis(), out);
      Scope.coder().encode(slice.scope, out);
      Volume.coder().encode(slice.volume, out);
    }

    @Override
    public Slice decode(InputStream in) throws IOException {
      return new Slice(
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Scope.coder().decode(in),
          Volume.coder().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
