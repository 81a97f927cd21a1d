package fortnight.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.report.live.TopicStats.Topic;
import fortnight.report.tables.Snapshot.TableSize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The status of the stream. Times are local to the business, in milliseconds as of {@link
 * fortnight.report.rows.LocalTimes}.
 */
record StreamStatus(LiveOptions options, Topics topics, Tables tables) {
  /**
   * What the last check of topics found.
   *
   * @param list those that exist
   * @param latestEventTime of the input topic; empty if it is unknown
   * @param problem a sentence if the page may be out of date
   */
  record Topics(List<Topic> list, OptionalLong latestEventTime, Optional<String> problem) {
    static final Topics NONE = new Topics(List.of(), OptionalLong.empty(), Optional.empty());

    Topics withProblem(String sentence) {
      return new Topics(list, latestEventTime, Optional.of(sentence));
    }
  }

  /** What the last read of tables found. */
  record Tables(List<TableSize> list, Optional<String> problem) {
    static final Tables NONE = new Tables(List.of(), Optional.empty());
  }

  static StreamStatus unknown(LiveOptions options) {
    return new StreamStatus(options, Topics.NONE, Tables.NONE);
  }

  StreamStatus with(Topics newTopics) {
    return new StreamStatus(options, newTopics, tables);
  }

  StreamStatus with(Tables newTables) {
    return new StreamStatus(options, topics, newTables);
  }

  /** A sentence if the page may be out of date. */
  Optional<String> problem() {
    return tables.problem().or(topics::problem);
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("results", options.input().toString());
    json.writeStringField("transactions", options.input().transactions().orElse(null));
    json.writeStringField("deadLettersIn", options.input().deadLettersIn());
    json.writeStringField("redrive", options.input().redriveCommand().orElse(null));
    json.writeNumberField("clock", options.now());
    if (topics.latestEventTime().isPresent()) {
      json.writeNumberField("latestEventTime", topics.latestEventTime().getAsLong());
    }
    json.writeStringField("problem", problem().orElse(null));
    json.writeArrayFieldStart("topics");
    for (Topic topic : topics.list()) {
      topic.writeTo(json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("tables");
    for (TableSize table : tables.list()) {
      json.writeStartObject();
      json.writeStringField("name", table.name());
      json.writeNumberField("rows", table.rows());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
