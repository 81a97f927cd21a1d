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
 * The keys under which rows replace each other: {@code WINDOW_START/WINDOW_END}, of an item {@code
 * WINDOW_START/WINDOW_END/ITEM_ID}, of a dead letter its source.
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
    if (row.file().equals(Analysis.DEAD_LETTERS)) {
      return row.origin() + row.position();
    }
    Instant start = Instant.ofEpochMilli(row.position());
    Duration length =
        Analysis.titled(row.file()).orElseThrow().isChange()
            ? windows.period().multipliedBy(2)
            : windows.period();
    String window = JsonObject.time(start) + "/" + JsonObject.time(start.plus(length));
    Id item = row.scope().item();
    return item == null ? window : window + "/" + shown(item);
  }

  /** As in JSON, so that 7 and "7" have different keys. */
  private static String shown(Id item) {
    return item.integer()
        ? item.text()
        : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(item.text())) + '"';
  }
}
