package fortnight.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import fortnight.report.live.TopicStats.Topic;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The status of the stream. Times are local to the business, in milliseconds as of {@link
 * fortnight.report.rows.LocalTimes}.
 *
 * @param topics those that exist
 * @param clock the current time
 * @param latestEventTime of the input topic; empty if it is unknown
 * @param problem a sentence if the page may be out of date
 */
record StreamStatus(
    LiveOptions options,
    List<Topic> topics,
    long clock,
    OptionalLong latestEventTime,
    Optional<String> problem) {

  static StreamStatus unknown(LiveOptions options) {
    return new StreamStatus(options, List.of(), 0, OptionalLong.empty(), Optional.empty());
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("results", options.results().toString());
    json.writeStringField("transactions", options.transactions().orElse(null));
    json.writeStringField("redrive", options.redriveCommand());
    json.writeNumberField("clock", clock);
    if (latestEventTime.isPresent()) {
      json.writeNumberField("latestEventTime", latestEventTime.getAsLong());
    }
    json.writeStringField("problem", problem.orElse(null));
    json.writeArrayFieldStart("topics");
    for (Topic topic : topics) {
      topic.writeTo(json);
    }
    json.writeEndArray();
  }
}
