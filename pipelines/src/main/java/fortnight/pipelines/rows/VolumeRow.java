package fortnight.pipelines.rows;

import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import fortnight.transforms.WindowVolume;
import java.io.IOException;
import org.joda.time.Instant;

/** The volume of the shop, of an item, or of a value of a dimension, in a window. */
record VolumeRow(String title, WindowVolume volume, Scale scale) implements WindowRow {
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
          writeSums(json);
          writePane(json);
        });
  }

  private void writeSums(JsonObject json) throws IOException {
    Volume sums = volume.volume();
    if (scope().isShop() || sums.records() > 0) {
      json.field("transactions", volume.transactions());
    }
    json.field("line_items", sums.lineItems()).field("units", sums.units(), scale.unitDecimals());
    if (scale.hasRevenue()) {
      json.field("revenue", sums.revenue(), scale.revenueDecimals());
    }
    if (scope().isShop()) {
      json.field("first_transaction", sums.firstTransaction())
          .field("last_transaction", sums.lastTransaction());
    }
  }
}
