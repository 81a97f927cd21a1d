package fortnight.transforms;

import fortnight.common.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalDouble;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.joda.time.Instant;

/**
 * A comparison of a period, [currentStart, currentEnd), with an earlier one of the same length that
 * begins at previousStart.
 *
 * @param scope the whole shop, an item, or a value of a dimension
 * @param measure what is compared
 * @param previous the amount of the previous period, in units of the last decimal
 * @param current the amount of the current period, in units of the last decimal
 * @param version number of records summed in both periods; for an item, of line items. The result
 *     with the largest version of a window and scope is the latest
 */
public record VolumeChange(
    Instant previousStart,
    Instant currentStart,
    Instant currentEnd,
    Scope scope,
    Measure measure,
    Int128 previous,
    Int128 current,
    long version,
    Pane pane) {

  /** Returns current minus previous. */
  public Int128 change() {
    return current.minus(previous);
  }

  /** Returns current divided by previous; empty unless previous is positive. */
  public OptionalDouble ratio() {
    return previous.signum() > 0
        ? OptionalDouble.of(current.doubleValue() / previous.doubleValue())
        : OptionalDouble.empty();
  }

  public static Coder<VolumeChange> coder() {
    return VolumeChangeCoder.INSTANCE;
  }

  private static final class VolumeChangeCoder extends AtomicCoder<VolumeChange> {
    private static final long serialVersionUID = 1;

    static final VolumeChangeCoder INSTANCE = new VolumeChangeCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(VolumeChange row, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.writeSigned(row.previousStart.getMillis(), out);
      Varints.writeSigned(row.currentStart.getMillis(), out);
      Varints.writeSigned(row.currentEnd.getMillis(), out);
      Scope.coder().encode(row.scope, out);
      StringUtf8Coder.of().encode(row.measure.name(), out);
      Varints.writeSigned(row.previous, out);
      Varints.writeSigned(row.current, out);
      Varints.write(row.version, out);
      row.pane.encode(out);
    }

    @Override
    public VolumeChange decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "VolumeChange", in);
      return new VolumeChange(
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Instant.ofEpochMilli(Varints.readSigned(in)),
          Scope.coder().decode(in),
          Measure.valueOf(StringUtf8Coder.of().decode(in)),
          Varints.readSigned128(in),
          Varints.readSigned128(in),
          Varints.read(in),
          Pane.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
