package fortnight.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Client of a JobManager's REST API. */
final class FlinkRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final HttpRequest taskManagers;

  FlinkRest(String address) {
    taskManagers =
        HttpRequest.newBuilder(URI.create("http://" + address + "/taskmanagers"))
            .timeout(TIMEOUT)
            .build();
  }

  /**
   * The names of the TaskManagers that have registered their slots, which they do some time after
   * they have registered themselves; empty while the JobManager does not respond.
   */
  Set<String> taskManagers() throws InterruptedException {
    Set<String> names = new HashSet<>();
    try {
      String response = client.send(taskManagers, BodyHandlers.ofString()).body();
      for (JsonNode taskManager : new ObjectMapper().readTree(response).path("taskmanagers")) {
        if (taskManager.path("slotsNumber").asInt() > 0) {
          names.add(taskManager.path("id").asText());
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return names;
  }
}
