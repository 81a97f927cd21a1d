package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import fortnight.transforms.WindowVolume;
import java.io.IOException;

/** What the shop sold in a window, or what was sold of an item. */
record VolumeRow(WindowVolume sold) implements WindowRow {
  @Override
  public String file() {
    return (scope().isShop() ? Analysis.WEEKLY_VOLUME : Analysis.PRODUCT_VOLUME).title();
  }

  @Override
  public long position() {
    return sold.start().getMillis();
  }

  @Override
  public Scope scope() {
    return sold.scope();
  }

  @Override
  public Pane pane() {
    return sold.pane();
  }

  @Override
  public long version() {
    return sold.version();
  }

  @Override
  public String json() {
    return JsonObject.object(
        json -> {
          json.field("window_start", sold.start()).field("window_end", sold.end());
          if (scope().isShop()) {
            ofShop(json, sold.volume());
          } else {
            ofItem(json, sold.volume());
          }
          writePane(json);
        });
  }

  private static void ofShop(JsonObject json, Volume volume) throws IOException {
    json.field("transactions", volume.transactions())
        .field("line_items", volume.lineItems())
        .field("units", volume.units())
        .field("first_transaction", volume.firstTransaction())
        .field("last_transaction", volume.lastTransaction());
  }

  private void ofItem(JsonObject json, Volume volume) throws IOException {
    writeItem(json);
    json.field("line_items", volume.lineItems()).field("units", volume.units());
  }
}
