package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * The timing of a result relative to the watermark.
 *
 * <p>Panes accumulate: the result with the largest version of a window and key is the latest.
 * Results of equal version have equal figures; {@link #LATE} takes precedence over {@link
 * #ON_TIME}, and that over {@link #EARLY}.
 */
public enum Pane {
  /** A speculative result of an open window. */
  EARLY('e'),
  /** The result emitted when the watermark passes the end of the window. */
  ON_TIME('o'),
  /** A correction after the watermark has passed the end of the window. */
  LATE('l');

  private final int code;

  Pane(int code) {
    this.code = code;
  }

  public static Pane of(PaneInfo pane) {
    return switch (pane.getTiming()) {
      case EARLY -> EARLY;
      case LATE -> LATE;
      // In batch, some runners report UNKNOWN; each window fires once, after all input is read.
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
