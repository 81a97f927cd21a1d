package fortnight.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a stream stands.
 *
 * @param topics those that are there, the input first
 * @param clock on the shop's wall, in milliseconds as of {@link Times}
 * @param newestEvent of the input's last messages, likewise
 * @param problem why what is here may be out of date, in a sentence
 */
record StreamStatus(
    LiveRequest request,
    List<TopicStatus> topics,
    long clock,
    OptionalLong newestEvent,
    Optional<String> problem) {

  static StreamStatus unknown(LiveRequest request) {
    return new StreamStatus(request, List.of(), 0, OptionalLong.empty(), Optional.empty());
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("results", request.results().toString());
    json.writeStringField("transactions", request.transactions().orElse(null));
    json.writeStringField("redrive", request.redrive());
    json.writeNumberField("clock", clock);
    if (newestEvent.isPresent()) {
      json.writeNumberField("newestEvent", newestEvent.getAsLong());
    }
    json.writeStringField("problem", problem.orElse(null));
    json.writeArrayFieldStart("topics");
    for (TopicStatus topic : topics) {
      topic.writeTo(json);
    }
    json.writeEndArray();
  }
}
