package fortnight.report.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fortnight.common.cli.CommandException;
import fortnight.report.metrics.MetricsText;
import fortnight.report.page.Page;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** HTTP server of the page, its events, and metrics. */
final class LiveServer implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private static final int MAX_METRICS_REQUESTS = 8;

  private final LiveOptions options;
  private final HttpServer server;
  private final TimedWrites writes = new TimedWrites();

  /** One thread per connection at most; further connections are closed. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          HttpLimits.connections(),
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          LivePage.daemonThreads("http"));

  private final LiveState state;
  private final EventStreams streams;

  /** A text has up to some MB, and a client can be slow to read it. */
  private final Semaphore metricsPermits = new Semaphore(MAX_METRICS_REQUESTS);

  private final String page = Page.live();

  private LiveServer(LiveOptions options, LiveState state, HttpServer server) {
    this.options = options;
    this.server = server;
    this.state = state;
    this.streams = new EventStreams(state, writes);
  }

  /**
   * Starts the server.
   *
   * @throws CommandException if it cannot listen
   */
  static LiveServer start(LiveOptions options, LiveState state) {
    LiveServer server = new LiveServer(options, state, bind(options));
    server.server.createContext("/", server::answer);
    server.server.setExecutor(server.threads);
    server.server.start();
    return server;
  }

  private static HttpServer bind(LiveOptions options) {
    String place = options.host() + ":" + options.port();
    HttpLimits.set();
    try {
      InetAddress host = InetAddress.getByName(options.host());
      return HttpServer.create(
          new InetSocketAddress(host, options.port()), HttpLimits.connections());
    } catch (UnknownHostException e) {
      throw CommandException.failed("--host=" + options.host() + ": unknown host", e);
    } catch (BindException e) {
      throw CommandException.failed(cannotListen(place, e), e);
    } catch (IOException e) {
      throw CommandException.failed("cannot listen on " + place + ": " + e.getMessage(), e);
    }
  }

  /** Only the message of the exception separates a port in use from a privileged one. */
  static String cannotListen(String place, BindException failure) {
    String reason = failure.getMessage();
    return "cannot listen on "
        + place
        + ": "
        + reason
        + (reason.contains("Permission denied")
            ? "; use a port above 1023"
            : "; use another --port or --host");
  }

  /** The URL of the page. */
  String address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  int openStreams() {
    return streams.count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
    if (!isAllowedHost(exchange.getRequestHeaders().getFirst("Host"))) {
      send(exchange, 403, "text/plain", "Use the IP address, localhost, or the name of --host.\n");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "text/plain", "Only GET is supported.\n");
    } else if (exchange.getRequestURI().getPath().equals("/")) {
      send(exchange, 200, "text/html", page);
    } else if (exchange.getRequestURI().getPath().equals("/events")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      if (!streams.serve(exchange)) {
        send(exchange, 503, "text/plain", "Too many open pages.\n");
      }
    } else if (exchange.getRequestURI().getPath().equals("/metrics")) {
      answerMetrics(exchange);
    } else {
      send(exchange, 404, "text/plain", "Not found; the page is at /, metrics at /metrics.\n");
    }
  }

  private void answerMetrics(HttpExchange exchange) throws IOException {
    if (!metricsPermits.tryAcquire()) {
      send(exchange, 503, "text/plain", "Too many requests for metrics.\n");
      return;
    }
    try {
      send(exchange, 200, MetricsText.MEDIA_TYPE, state.metrics());
    } finally {
      metricsPermits.release();
    }
  }

  /**
   * Whether a Host header is allowed: IP addresses, localhost, and the name of --host. Protects
   * against DNS rebinding, where a foreign page makes its own name resolve to this server.
   */
  private boolean isAllowedHost(String header) {
    if (header == null) {
      return false;
    }
    String name = PORT.matcher(header).replaceFirst("");
    return IP_ADDRESS.matcher(name).matches()
        || name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(options.host());
  }

  private void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      writes.write(exchange.getResponseBody(), body);
    }
  }

  @Override
  public void close() {
    streams.close();
    writes.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
