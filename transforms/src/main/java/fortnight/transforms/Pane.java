package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * Which result of its window and key this is. Of several the one with the highest index counts.
 *
 * @param timing before, at, or after the watermark passed the end of the window
 * @param index 0 for the first; a late one has 1 or more, since what it corrects may be a silence
 */
public record Pane(Timing timing, long index) {

  /** When a pane was made, seen from the watermark. */
  public enum Timing {
    /** Speculative: the window is still open. */
    EARLY('e'),
    /** The window has closed. */
    ON_TIME('o'),
    /** A correction of a closed window. */
    LATE('l');

    private final int code;

    Timing(int code) {
      this.code = code;
    }

    private static Timing of(int code) throws CoderException {
      for (Timing timing : values()) {
        if (timing.code == code) {
          return timing;
        }
      }
      throw new CoderException("not an encoded pane: it begins with byte " + code);
    }
  }

  /** Where each window fires once, when all is read. */
  static final Pane ONLY = new Pane(Timing.ON_TIME, 0);

  static Pane of(PaneInfo pane) {
    Timing timing =
        switch (pane.getTiming()) {
          case EARLY -> Timing.EARLY;
          case LATE -> Timing.LATE;
          // Some runners name no timing in batch, where each window fires once, when all is read.
          case ON_TIME, UNKNOWN -> Timing.ON_TIME;
        };
    return new Pane(timing, timing == Timing.LATE ? pane.getIndex() + 1 : pane.getIndex());
  }

  void encode(OutputStream out) throws IOException {
    out.write(timing.code);
    Varints.write(index, out);
  }

  static Pane decode(InputStream in) throws IOException {
    return new Pane(Timing.of(in.read()), Varints.read(in));
  }
}
