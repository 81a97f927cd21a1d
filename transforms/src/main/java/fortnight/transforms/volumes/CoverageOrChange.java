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
import org.apache.beam.sdk.coders.NullableCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A change, or the times of the first and the last transaction of a slice in milliseconds.
 *
 * @param change null for times
 */
record CoverageOrChange(long first, long last, @Nullable VolumeChange change) {
  static CoverageOrChange of(VolumeChange change) {
    return new CoverageOrChange(0, 0, change);
  }

  static CoverageOrChange of(Slice shopSlice) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Volume volume : shopSlice.volumes().values()) {
      first = Math.min(first, volume.first());
      last = Math.max(last, volume.last());
    }
    return new CoverageOrChange(first, last, null);
  }

  static Coder<CoverageOrChange> coder() {
    return CoverageOrChangeCoder.INSTANCE;
  }

  private static final class CoverageOrChangeCoder extends AtomicCoder<CoverageOrChange> {
    private static final long serialVersionUID = 1;

    static final CoverageOrChangeCoder INSTANCE = new CoverageOrChangeCoder();

    private static final Coder<@Nullable VolumeChange> CHANGE =
        NullableCoder.of(VolumeChange.coder());

    @Override
    public void encode(CoverageOrChange value, OutputStream out) throws IOException {
      Varints.writeSigned(value.first, out);
      Varints.writeSigned(value.last, out);
      CHANGE.encode(value.change, out);
    }

    @Override
    public CoverageOrChange decode(InputStream in) throws IOException {
      return new CoverageOrChange(
          Varints.readSigned(in), Varints.readSigned(in), CHANGE.decode(in));
    }
  }
}
