package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.WindowVolume;
import org.joda.time.Instant;

/** The number of distinct customers of the shop in a window. */
record CustomersRow(WindowVolume volume) implements WindowRow {
  @Override
  public String title() {
    return Analysis.WEEKLY_CUSTOMERS.title();
  }

  @Override
  public Instant start() {
    return volume.start();
  }

  @Override
  public Instant end() {
    return volume.end();
  }

  @Override
  public Scope scope() {
    return volume.scope();
  }

  @Override
  public Pane pane() {
    return volume.pane();
  }

  @Override
  public long version() {
    return volume.version();
  }

  @Override
  public String json() {
    return JsonObject.object(
        json -> {
          json.field("window_start", volume.start()).field("window_end", volume.end());
          writeScope(json);
          json.field("customers", volume.customers());
          writePane(json);
        });
  }
}
