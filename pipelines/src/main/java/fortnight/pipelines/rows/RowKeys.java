package fortnight.pipelines.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import fortnight.common.Analysis;
import fortnight.transforms.Id;
import fortnight.transforms.volumes.ComparisonWindows;
import java.io.Serializable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The message keys of rows; a row replaces earlier rows of the same key. The key is {@code
 * WINDOW_START/WINDOW_END}, for an item {@code WINDOW_START/WINDOW_END/ITEM_ID}, and for a dead
 * letter its source.
 */
public final class RowKeys implements Serializable {
  private final ComparisonWindows windows;

  public RowKeys(ComparisonWindows windows) {
    this.windows = windows;
  }

  public byte[] of(ResultRow row) {
    return text(row).getBytes(UTF_8);
  }

  private String text(ResultRow row) {
    if (row.title().equals(Analysis.DEAD_LETTERS)) {
      return row.origin() + row.position();
    }
    Instant start = Instant.ofEpochMilli(row.position());
    Duration length =
        Analysis.titled(row.title()).orElseThrow().isChange()
            ? windows.period().multipliedBy(2)
            : windows.period();
    String window = JsonObject.time(start) + "/" + JsonObject.time(start.plus(length));
    Id item = row.scope().item();
    return item == null ? window : window + "/" + json(item);
  }

  /** Distinguishes 7 from "7". */
  private static String json(Id item) {
    return item.integer()
        ? item.text()
        : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(item.text())) + '"';
  }
}
