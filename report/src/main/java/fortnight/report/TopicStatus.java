package fortnight.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * How a topic stands, as its brokers say.
 *
 * @param messages those that it holds; of a compacted one all between its first and its last
 * @param bytes on the disks of the partitions' leaders; empty where nobody may be told
 * @param retentionMillis how long messages stay, below zero: for ever; empty where it is not known
 */
record TopicStatus(
    String title,
    String name,
    int partitions,
    long messages,
    OptionalLong bytes,
    OptionalLong retentionMillis,
    boolean compacted) {

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", title);
    json.writeStringField("name", name);
    json.writeNumberField("partitions", partitions);
    json.writeNumberField("messages", messages);
    if (bytes.isPresent() && messages > 0) {
      json.writeNumberField("size", bytes.getAsLong() / messages);
    }
    if (retentionMillis.isPresent()) {
      json.writeNumberField("retention", retentionMillis.getAsLong());
    }
    json.writeBooleanField("compacted", compacted);
    json.writeEndObject();
  }
}
