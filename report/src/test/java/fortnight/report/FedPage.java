package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** A live page whose rows a test feeds, in place of a broker. */
final class FedPage implements AutoCloseable {
  private final LiveState state;
  private final LiveServer server;

  private FedPage(LiveState state, LiveServer server) {
    this.state = state;
    this.server = server;
  }

  /** All analyses were asked for, and their topics are empty. */
  static FedPage start(String... flags) throws LiveFailed, IOException {
    FedPage page = reading(flags);
    page.complete();
    return page;
  }

  /** Likewise, but what stands in the topics has not been read yet. */
  static FedPage reading(String... flags) throws LiveFailed, IOException {
    LiveRequest request = request(flags);
    LiveState state = new LiveState(request);
    for (Result result : Result.values()) {
      state.expect(result.title());
    }
    state.expect(Report.DEAD_LETTERS);
    return new FedPage(state, LiveServer.start(request, state));
  }

  private static LiveRequest request(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--input=kafka://localhost:9092/shop.");
    if (!all.toString().contains("--port")) {
      all.add("--port=0");
    }
    return LiveFlagReading.read(all.toArray(String[]::new)).request();
  }

  void complete() {
    state.complete();
  }

  int openPages() {
    return server.openPages();
  }

  String address() {
    return server.address();
  }

  void catalog(String entry) throws IOException {
    state.readCatalog(new StringReader(entry));
  }

  /** Feeds messages of the topic with this title. */
  void feed(String title, List<String> messages) {
    for (String message : messages) {
      state.add(title, "Partition 0, offset 7", message.getBytes(UTF_8), message);
    }
  }

  void feed(Result result, String... rows) {
    feed(result.title(), List.of(rows));
  }

  /**
   * A week of the shop, by the day of its Monday in January 2022; its version is its transactions.
   */
  static String week(int monday, int transactions, String pane) {
    return """
        {"window_start":"2022-01-%02dT00:00:00","window_end":"2022-01-%02dT00:00:00",\
        "transactions":%d,"line_items":9,"units":9,"first_transaction":"2022-01-%02dT00:01:00",\
        "last_transaction":"2022-01-%02dT23:59:00","pane":"%s","version":%d}"""
        .formatted(monday, monday + 7, transactions, monday, monday + 6, pane, transactions);
  }

  /** The change of an item's units, one line item each, which began on that day. */
  static String change(int monday, String item, int previous, int current, String pane) {
    return """
        {"previous_start":"2022-01-%02dT00:00:00","current_start":"2022-01-%02dT00:00:00",\
        "current_end":"2022-01-%02dT00:00:00","item_id":%s,"previous":%d,"current":%d,\
        "change":%d,"ratio":%s,"pane":"%s","version":%d}"""
        .formatted(
            monday - 7,
            monday,
            monday + 7,
            item,
            previous,
            current,
            current - previous,
            previous > 0 ? (double) current / previous : null,
            pane,
            previous + current);
  }

  static String letter(String reason, String message, String source, String payload) {
    return """
        {"reason":"%s","message":"%s","source":"%s","payload":"%s"}"""
        .formatted(reason, message, source, payload);
  }

  @Override
  public void close() {
    server.close();
  }
}
