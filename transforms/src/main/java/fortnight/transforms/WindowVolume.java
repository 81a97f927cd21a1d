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
 * @param scope the whole shop or one item
 */
public record WindowVolume(Instant start, Instant end, Scope scope, Volume volume, Pane pane) {
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
      Volume.coder().encode(row.volume, out);
      row.pane.encode(out);
    }

    @Override
    public WindowVolume decode(InputStream in) throws IOException {
      return new WindowVolume(
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Scope.coder().decode(in),
          Volume.coder().decode(in),
          Pane.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
