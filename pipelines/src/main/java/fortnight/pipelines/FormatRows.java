package fortnight.pipelines;

import fortnight.transforms.DeadLetter;
import fortnight.transforms.Id;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.io.IOException;
import java.util.Locale;
import org.joda.time.Instant;

/** The rows of the contract, field by field. */
final class FormatRows {
  static Row volume(WindowVolume row) {
    Volume volume = row.volume();
    Id item = row.scope().item();
    return row(
        Analysis.volumeOf(row.scope()),
        row.start(),
        row.scope(),
        row.pane(),
        json -> {
          json.field("window_start", row.start()).field("window_end", row.end());
          if (item == null) {
            json.field("transactions", volume.transactions());
          } else {
            json.field("item_id", item);
          }
          json.field("line_items", volume.lineItems()).field("units", volume.units());
          if (item == null) {
            json.field("first_transaction", volume.firstTransaction())
                .field("last_transaction", volume.lastTransaction());
          }
          pane(json, row.pane());
        });
  }

  static Row change(VolumeChange row) {
    Id item = row.scope().item();
    return row(
        Analysis.changeOf(row.scope()),
        row.previousStart(),
        row.scope(),
        row.pane(),
        json -> {
          json.field("previous_start", row.previousStart())
              .field("current_start", row.currentStart())
              .field("current_end", row.currentEnd());
          if (item != null) {
            json.field("item_id", item);
          }
          json.field("previous", row.previous())
              .field("current", row.current())
              .field("change", row.change());
          if (row.ratio().isPresent()) {
            json.field("ratio", row.ratio().getAsDouble());
          } else {
            json.nullField("ratio");
          }
          pane(json, row.pane());
        });
  }

  static Row deadLetter(DeadLetter letter) {
    String json =
        Json.object(
            fields -> {
              fields
                  .field("reason", letter.reason().name())
                  .field("message", letter.message())
                  .field("source", letter.source())
                  .field(letter.base64() ? "payload_base64" : "payload", letter.payload());
              if (letter.redriven()) {
                fields.field("redriven", true);
              }
            });
    return new Row(
        Output.DEAD_LETTERS, letter.origin(), letter.position(), Scope.SHOP, "", Line.of(json));
  }

  private static Row row(
      Analysis analysis, Instant start, Scope scope, Pane pane, Json.Fields fields) {
    String timing = pane.timing().name().toLowerCase(Locale.ROOT);
    Line line = () -> Json.object(fields);
    return new Row(analysis.title(), "", start.getMillis(), scope, timing, line);
  }

  private static void pane(Json json, Pane pane) throws IOException {
    json.field("pane", pane.timing().name()).field("pane_index", pane.index());
  }
}
