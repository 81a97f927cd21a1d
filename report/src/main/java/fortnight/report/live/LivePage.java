package fortnight.report.live;

import fortnight.common.cli.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** A live page that is being served: its state, its server, and the threads that read results. */
public final class LivePage implements AutoCloseable {
  private final LiveServer server;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, daemonThreads("results"));

  private LivePage(LiveServer server) {
    this.server = server;
  }

  /**
   * Starts serving; returns when the servers have answered and the page can be opened.
   *
   * @throws CommandException if the page cannot be served, or the results cannot be read
   */
  public static LivePage start(LiveOptions options) {
    options.input().check();
    LiveState state = new LiveState(options);
    options.catalog().ifPresent(file -> readCatalog(file, state));
    LivePage page = new LivePage(LiveServer.start(options, state));
    try {
      options.input().start(options, state, page.threads);
      return page;
    } catch (RuntimeException e) {
      page.close();
      throw e;
    }
  }

  private static void readCatalog(Path file, LiveState state) {
    try (Reader entries = Files.newBufferedReader(file)) {
      state.readCatalog(entries);
    } catch (IOException e) {
      throw CommandException.failed("--catalog=" + file + ": cannot be read as UTF-8", e);
    }
  }

  /** The URL of the page. */
  public String address() {
    return server.address();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.close();
  }

  /** Creates threads that do not keep the JVM running. */
  static ThreadFactory daemonThreads(String name) {
    return work -> {
      Thread thread = new Thread(work, "live-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
