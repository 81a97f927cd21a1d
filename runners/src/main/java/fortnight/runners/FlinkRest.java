package fortnight.runners;

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

/** What a JobManager says of its cluster. */
final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest taskManagers;

  FlinkRest(String address) {
    taskManagers =
        HttpRequest.newBuilder(URI.create("http://" + address + "/taskmanagers"))
            .timeout(PATIENCE)
            .build();
  }

  /** The names of those that have registered, none as long as there is nobody to ask. */
  Set<String> taskManagers() throws InterruptedException {
    Set<String> names = new HashSet<>();
    try {
      String answer = client.send(taskManagers, BodyHandlers.ofString()).body();
      for (JsonNode taskManager : new ObjectMapper().readTree(answer).path("taskmanagers")) {
        names.add(taskManager.path("id").asText());
      }
    } catch (IOException e) {
      return Set.of();
    }
    return names;
  }
}
