package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The volumes of one slice of event time; windows are combined from slices.
 *
 * @param start the start of the slice in event time
 * @param group the group of scopes, see {@link KeyGroups}
 * @param volumes the volumes of the group's scopes that have sales in the slice; in a stream, only
 *     what was added since the previous pane
 */
public record Slice(Instant start, int group, Map<Scope, Volume> volumes) {

  /** Returns false for the pane of a closing slice whose volumes were all emitted early. */
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
