package fortnight.pipelines.rows;

import fortnight.common.Analysis;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import fortnight.transforms.WindowVolume;
import java.io.IOException;

/** The volume of the shop, or of an item, in a window. */
record VolumeRow(WindowVolume volume) implements WindowRow {
  @Override
  public String title() {
    return (scope().isShop() ? Analysis.WEEKLY_VOLUME : Analysis.PRODUCT_VOLUME).title();
  }

  @Override
  public long position() {
    return volume.start().getMillis();
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
          if (scope().isShop()) {
            writeShopVolume(json);
          } else {
            writeItem(json);
            json.field("line_items", volume.volume().lineItems())
                .field("units", volume.volume().units());
          }
          writePane(json);
        });
  }

  private void writeShopVolume(JsonObject json) throws IOException {
    Volume sums = volume.volume();
    json.field("transactions", volume.transactions())
        .field("line_items", sums.lineItems())
        .field("units", sums.units())
        .field("first_transaction", sums.firstTransaction())
        .field("last_transaction", sums.lastTransaction());
  }
}
