package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * When a result was emitted, relative to the watermark. Later panes accumulate, so of the results
 * of one window and key the one with the largest version is the latest; of equal versions the
 * figures are equal, and {@link #LATE} ranks over {@link #ON_TIME} over {@link #EARLY}.
 */
public enum Pane {
  /** Speculative: the window is still open. */
  EARLY('e'),
  /** The window has closed. */
  ON_TIME('o'),
  /** A correction of a closed window. */
  LATE('l');

  private final int code;

  Pane(int code) {
    this.code = code;
  }

  public static Pane of(PaneInfo pane) {
    return switch (pane.getTiming()) {
      case EARLY -> EARLY;
      case LATE -> LATE;
      // Some runners set no timing in batch, where each window fires once, when all is read.
      case ON_TIME, UNKNOWN -> ON_TIME;
    };
  }

  void encode(OutputStream out) throws IOException {
    out.write(code);
  }

  static Pane decode(InputStream in) throws IOException {
    int code = in.read();
    for (Pane pane : values()) {
      if (pane.code == code) {
        return pane;
      }
    }
    throw new CoderException("not an encoded pane: it begins with byte " + code);
  }
}
