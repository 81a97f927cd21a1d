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
    long end = change.currentEnd().getMillis();
    long missing = (end - change.currentStart().getMillis()) / TOLERANCE;
    return first <= change.previousStart().getMillis() + missing && last >= end - missing;
  }

  static Coder<Coverage> coder() {
    return CoverageCoder.INSTANCE;
  }

  private static final class CoverageCoder extends AtomicCoder<Coverage> {
    private static final long serialVersionUID = 1;

    static final CoverageCoder INSTANCE = new CoverageCoder();

    @Override
    public void encode(Coverage coverage, OutputStream out) throws IOException {
      Varints.writeSigned(coverage.first, out);
      Varints.writeSigned(coverage.last, out);
    }

    @Override
    public Coverage decode(InputStream in) throws IOException {
      return new Coverage(Varints.readSigned(in), Varints.readSigned(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
