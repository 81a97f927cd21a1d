package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The volumes of one slice of time, from which every window that covers the slice is combined.
 *
 * @param start where the slice starts in event time
 * @param group which group of scopes these are
 * @param volumes the volume of each scope of the group that was sold in the slice; in a stream, of
 *     those for which something came since the last pane
 */
public record Slice(Instant start, int group, Map<Scope, Volume> volumes) {

  /** False in the pane of a slice that closes after all of its volumes were emitted early. */
  public boolean hasVolumes() {
    return !volumes.isEmpty();
  }

  public static Coder<Slice> coder() {
    return SliceCoder.INSTANCE;
  }

  private static final class SliceCoder extends AtomicCoder<Slice> {
    private static final long serialVersionUID = 1;

    static final SliceCoder INSTANCE = new SliceCoder();

    private static final Coder<Map<Scope, Volume>> VOLUMES = new ScopeTableCoder<>(Volume.coder());

    @Override
    public void encode(Slice slice, OutputStream out) throws IOException {
      Varints.writeSigned(slice.start.getMillis(), out);
      Varints.writeSigned(slice.group, out);
      VOLUMES.encode(slice.volumes, out);
    }

    @Override
    public Slice decode(InputStream in) throws IOException {
      return new Slice(
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Math.toIntExact(Varints.readSigned(in)),
          VOLUMES.decode(in));
    }

    @Override
    public void verifyDeterministic() throws NonDeterministicException {
      verifyDeterministic(this, "a table's entries have no order", VOLUMES);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
