package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.joda.time.Instant;

/**
 * The volume of a scope in a window [start, end).
 *
 * @param scope the whole shop, an item, or a value of a dimension
 * @param transactions number of transactions; 0 for an item
 * @param customers number of distinct customers; 0 for an item, and if they are not counted
 * @param volume the sums, without the sets of ids
 */
public record WindowVolume(
    Instant start,
    Instant end,
    Scope scope,
    long transactions,
    long customers,
    Volume volume,
    Pane pane) {
  /** Counts the distinct ids of a volume. */
  public static WindowVolume of(Instant start, Instant end, Scope scope, Volume volume, Pane pane) {
    return new WindowVolume(
        start, end, scope, volume.transactions(), volume.customers(), volume.withoutIds(), pane);
  }

  /**
   * Returns the number of records summed. The result with the largest version of a window and scope
   * is the latest.
   */
  public long version() {
    return volume.records(scope);
  }

  public static Coder<WindowVolume> coder() {
    return WindowVolumeCoder.INSTANCE;
  }

  private static final class WindowVolumeCoder extends AtomicCoder<WindowVolume> {
    private static final long serialVersionUID = 1;

    static final WindowVolumeCoder INSTANCE = new WindowVolumeCoder();

    @Override
    public void encode(WindowVolume row, OutputStream out) throws IOException {
      Varints.writeSigned(row.start.getMillis(), out);
      Varints.writeSigned(row.end.getMillis(), out);
      Scope.coder().encode(row.scope, out);
      Varints.write(row.transactions, out);
      Varints.write(row.customers, out);
      Volume.coder().encode(row.volume, out);
      row.pane.encode(out);
    }

    @Override
    public WindowVolume decode(InputStream in) throws IOException {
      return new WindowVolume(
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Scope.coder().decode(in),
          Varints.read(in),
          Varints.read(in),
          Volume.coder().decode(in),
          Pane.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
