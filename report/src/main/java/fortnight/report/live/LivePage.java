package fortnight.report.live;

import fortnight.common.cli.CommandException;
import fortnight.common.kafka.KafkaErrors;
import fortnight.common.kafka.TopicChecks;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/** A live page that is being served: its state, its server, and the threads that read topics. */
public final class LivePage implements AutoCloseable {
  private final LiveServer server;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, daemonThreads("topics"));

  private LivePage(LiveServer server) {
    this.server = server;
  }

  /**
   * Starts serving; returns when the brokers have answered and the page can be opened.
   *
   * @throws CommandException if the page cannot be served, or the topics cannot be read
   */
  public static LivePage start(LiveOptions options) {
    TopicChecks.checkBrokers(options.clients(), options.results());
    LiveState state = new LiveState(options);
    options.catalog().ifPresent(file -> readCatalog(file, state));
    LivePage page = new LivePage(LiveServer.start(options, state));
    try {
      page.readTopics(options, state);
      return page;
    } catch (KafkaException e) {
      page.close();
      throw KafkaErrors.failure(options.results(), options.clients(), e);
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

  private void readTopics(LiveOptions options, LiveState state) {
    BrokerClients clients = BrokerClients.of(options);
    TopicReader reader =
        new TopicReader(state, clients.consumer(TopicReader.MAX_FETCH_BYTES), options);
    TopicMonitor monitor = new TopicMonitor(options, state, clients, reader, clients::admin);
    monitor.start();
    threads.execute(reader);
    var unused = threads.scheduleWithFixedDelay(monitor, 1, 1, TimeUnit.SECONDS);
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
