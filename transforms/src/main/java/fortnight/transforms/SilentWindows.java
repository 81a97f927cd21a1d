package fortnight.transforms;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.joda.time.Instant;

/**
 * The windows in which the shop did not trade at all: no window function makes a window without an
 * element.
 */
final class SilentWindows implements Serializable {
  private final ComparisonWindows windows;

  SilentWindows(ComparisonWindows windows) {
    this.windows = windows;
  }

  /**
   * Tells those that begin behind the slice that starts at the one time, and end before the next.
   */
  void tellBetween(long traded, long next, OutputReceiver<VolumeChange> out) {
    long every = windows.every().getMillis();
    long period = windows.period().getMillis();
    for (long end = traded + every + 2 * period; end <= next; end += every) {
      Instant last = Instant.ofEpochMilli(end - 1);
      out.outputWithTimestamp(
          new VolumeChange(
              Instant.ofEpochMilli(end - 2 * period),
              Instant.ofEpochMilli(end - period),
              Instant.ofEpochMilli(end),
              Scope.SHOP,
              Int128.ZERO,
              Int128.ZERO,
              0,
              Pane.ON_TIME),
          last);
    }
  }
}
