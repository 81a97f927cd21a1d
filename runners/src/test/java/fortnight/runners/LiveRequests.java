package fortnight.runners;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Requests to the server of a live page. */
final class LiveRequests {
  private LiveRequests() {}

  /** The text of the metrics. */
  static String metrics(String address) throws Exception {
    return get(address + "metrics", BodyHandlers.ofString());
  }

  /** The status that a page receives first. */
  static String status(String address) throws Exception {
    try (Stream<String> events = get(address + "events", BodyHandlers.ofLines())) {
      return events
          .filter(line -> line.startsWith("data: {\"complete\""))
          .findFirst()
          .orElseThrow();
    }
  }

  private static <T> T get(String url, BodyHandler<T> handler) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), handler)
        .body();
  }
}
