package fortnight.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What an open page is told, as server-sent events; {@code live.js} takes them. */
final class LiveMessages {
  private static final int SHOP = -1;

  private final Report report;
  private final Letters letters;
  private final List<ItemId> items;
  private final Map<ItemId, Integer> numbers;

  /** Items have the numbers of their places in this list, at whose end new ones are added. */
  LiveMessages(Report report, Letters letters, List<ItemId> items, Map<ItemId, Integer> numbers) {
    this.report = report;
    this.letters = letters;
    this.items = items;
    this.numbers = numbers;
  }

  String everything() throws IOException {
    return event(
        "everything",
        json -> {
          new PageData(report, items).writeTo(json);
          json.writeNumberField("sentBack", letters.sentBack());
        });
  }

  /** The rows that a page does not know yet, with the items that they are the first of. */
  String changes(Feed feed) throws IOException {
    PageData data = new PageData(report, items);
    return event(
        "changes",
        json -> {
          data.writeItems(json, items.subList(feed.knownItems(), items.size()));
          writeRows(json, feed);
          if (feed.wantsAside()) {
            data.writeRejected(json);
            data.writeBroken(json);
            json.writeNumberField("sentBack", letters.sentBack());
          }
        });
  }

  private void writeRows(JsonGenerator json, Feed feed) throws IOException {
    Map<Result, List<RowKey>> byResult = new EnumMap<>(Result.class);
    for (RowKey key : feed.rows()) {
      byResult.computeIfAbsent(key.result(), result -> new ArrayList<>()).add(key);
    }
    json.writeObjectFieldStart("results");
    for (Map.Entry<Result, List<RowKey>> changed : byResult.entrySet()) {
      Table table = report.table(changed.getKey());
      json.writeObjectFieldStart(changed.getKey().title());
      json.writeNumberField("period", table.period());
      json.writeArrayFieldStart("rows");
      for (RowKey key : changed.getValue()) {
        json.writeStartArray();
        json.writeNumber(key.item().map(numbers::get).orElse(SHOP));
        json.writeNumber(key.start());
        for (long value : table.row(key)) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  String stream(StreamStatus status, boolean complete) throws IOException {
    return event(
        "stream",
        json -> {
          json.writeBooleanField("complete", complete);
          status.writeTo(json);
        });
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String event(String name, Body body) throws IOException {
    StringWriter text = new StringWriter();
    text.append("event: ").append(name).append("\ndata: ");
    JsonGenerator json = PageData.generator(text);
    json.writeStartObject();
    body.write(json);
    json.writeEndObject();
    json.flush();
    return text.append("\n\n").toString();
  }
}
