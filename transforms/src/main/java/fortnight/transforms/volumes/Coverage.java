package fortnight.transforms.volumes;

import fortnight.transforms.Slice;
import fortnight.transforms.Varints;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;

/** The times of the first and the last transaction of the shop, in milliseconds. */
record Coverage(long first, long last) {
  /** No transaction. */
  static final Coverage NONE = new Coverage(Long.MAX_VALUE, Long.MIN_VALUE);

  /** The share of a period that may be missing. */
  private static final int TOLERANCE = 20;

  static Coverage of(Slice shopSlice) {
    Coverage coverage = NONE;
    for (Volume volume : shopSlice.volumes().values()) {
      coverage = coverage.plus(new Coverage(volume.first(), volume.last()));
    }
    return coverage;
  }

  Coverage plus(Coverage other) {
    return new Coverage(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** Returns whether both periods of a change are in this range. */
  boolean contains(VolumeChange change) {
    return containsStart(change) && last >= change.currentEnd().getMillis() - tolerance(change);
  }

  /** Returns whether the start of the previous period, and that of the current one, are in it. */
  boolean containsStarts(VolumeChange change) {
    return containsStart(change) && last >= change.currentStart().getMillis();
  }

  private boolean containsStart(VolumeChange change) {
    return first <= change.previousStart().getMillis() + tolerance(change);
  }

  private static long tolerance(VolumeChange change) {
    return (change.currentEnd().getMillis() - change.currentStart().getMillis()) / TOLERANCE;
  }

  static Coder<Coverage> coder() {
    return CoverageCoder.INSTANCE;
  }

  private static final class CoverageCoder extends AtomicCoder<Coverage> {
    private static final long serialVersionUID = 1;

    static final CoverageCoder INSTANCE = new CoverageCoder();

    private static final int VERSION = 1;

    @Override
    public void encode(Coverage coverage, OutputStream out) throws IOException {
      out.write(VERSION);
      Varints.writeSigned(coverage.first, out);
      Varints.writeSigned(coverage.last, out);
    }

    @Override
    public Coverage decode(InputStream in) throws IOException {
      Varints.readVersion(VERSION, "Coverage", in);
      return new Coverage(Varints.readSigned(in), Varints.readSigned(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
