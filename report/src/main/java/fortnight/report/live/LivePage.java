package fortnight.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A live page that is served, from its start to its close. */
final class LivePage implements AutoCloseable {
  private final LiveServer server;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, Daemons.named("topics"));

  private LivePage(LiveServer server) {
    this.server = server;
  }

  /** Returns when the brokers have answered and the page can be opened. */
  static LivePage start(LiveRequest request) throws LiveFailed {
    LiveState state = new LiveState(request);
    readCatalog(request, state);
    LivePage page = new LivePage(serve(request, state));
    try {
      page.watch(request, state);
      return page;
    } catch (LiveFailed | RuntimeException e) {
      page.close();
      throw e;
    }
  }

  private static LiveServer serve(LiveRequest request, LiveState state) throws LiveFailed {
    try {
      return LiveServer.start(request, state);
    } catch (IOException e) {
      throw new LiveFailed("the page cannot be served: " + e.getMessage());
    }
  }

  private static void readCatalog(LiveRequest request, LiveState state) throws LiveFailed {
    if (request.catalog().isPresent()) {
      try (Reader entries = Files.newBufferedReader(request.catalog().get())) {
        state.readCatalog(entries);
      } catch (IOException e) {
        throw new LiveFailed("--catalog=" + request.catalog().get() + ": cannot be read as UTF-8");
      }
    }
  }

  private void watch(LiveRequest request, LiveState state) throws LiveFailed {
    Map<String, String> titles = new HashMap<>();
    for (Result result : Result.values()) {
      titles.put(request.results().topic(result.title()), result.title());
    }
    titles.put(request.deadLetters(), Report.DEAD_LETTERS);
    Brokers brokers = new Brokers(request);
    TopicReader reader = new TopicReader(state, brokers, titles);
    StreamWatch watch = new StreamWatch(request, state, brokers, reader, titles);
    watch.start();
    threads.execute(reader);
    var unused = threads.scheduleWithFixedDelay(watch, 1, 1, TimeUnit.SECONDS);
  }

  /** Where a browser finds it. */
  String address() {
    return server.address();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.close();
  }
}
