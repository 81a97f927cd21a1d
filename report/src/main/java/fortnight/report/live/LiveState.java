package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All that live pages show: the last row of each key, rejected records counted, and how the stream
 * stands. There is no other store. Any thread may use it.
 */
final class LiveState {
  private static final String SENT_BACK = "sent_back/";

  private final Report report = new Report(true);
  private final Letters letters = new Letters();
  private final List<ItemId> items = new ArrayList<>();
  private final Map<ItemId, Integer> numbers = new HashMap<>();
  private final Set<Feed> feeds = new HashSet<>();
  private final LiveMessages messages = new LiveMessages(report, letters, items, numbers);
  private StreamStatus stream;
  private boolean complete;

  LiveState(LiveRequest request) {
    stream = StreamStatus.unknown(request);
  }

  synchronized void readCatalog(Reader entries) throws IOException {
    report.readCatalog(entries);
  }

  /** From now on this result is one that was asked for, or rejected records are. */
  synchronized void expect(String title) {
    Result.titled(title).ifPresentOrElse(report::table, report::letters);
    feeds.forEach(Feed::everythingChanged);
    notifyAll();
  }

  /** The topics are not those that were read, and are read from their beginning. */
  synchronized void beginAnew() {
    report.forgetRows();
    letters.forget();
    items.clear();
    numbers.clear();
    complete = false;
    feeds.forEach(Feed::everythingChanged);
    feeds.forEach(Feed::streamChanged);
    notifyAll();
  }

  /** A message of the topic with this title. */
  synchronized void add(String title, String place, byte[] key, String text) {
    try {
      Fields fields = Fields.of(text);
      if (title.equals(Report.DEAD_LETTERS)) {
        addLetter(key, fields);
      } else {
        addRow(report.table(Result.titled(title).orElseThrow()).add(fields));
      }
    } catch (BrokenRow e) {
      addBroken(title, place, e.getMessage(), text);
    } catch (RuntimeException e) {
      // Whatever it is: thrown on, the rows that came with it would be lost.
      addBroken(title, place, "cannot be read: " + e.getClass().getSimpleName(), text);
    }
    notifyAll();
  }

  private void addBroken(String title, String place, String why, String text) {
    report.broken(title).add(place, why, text);
    feeds.forEach(Feed::asideChanged);
  }

  private void addRow(RowKey key) {
    key.item()
        .ifPresent(
            item ->
                numbers.computeIfAbsent(
                    item,
                    added -> {
                      items.add(added);
                      return items.size() - 1;
                    }));
    feeds.forEach(feed -> feed.rowChanged(key));
  }

  private void addLetter(byte[] key, Fields letter) throws BrokenRow {
    if (new String(key, UTF_8).startsWith(SENT_BACK)) {
      letters.sentBack(key);
    } else if (letters.isNew(key)) {
      report.letters().add(letter);
    }
    feeds.forEach(Feed::asideChanged);
  }

  /** What stood in the topics at the start has been read. */
  synchronized void complete() {
    complete = true;
    feeds.forEach(Feed::streamChanged);
    notifyAll();
  }

  synchronized boolean isComplete() {
    return complete;
  }

  synchronized void streamIs(StreamStatus status) {
    stream = status;
    feeds.forEach(Feed::streamChanged);
    notifyAll();
  }

  synchronized Feed open() {
    Feed feed = new Feed();
    feeds.add(feed);
    return feed;
  }

  synchronized void close(Feed feed) {
    feeds.remove(feed);
  }

  /** What the feed's page does not know yet, as events; none where that takes longer. */
  synchronized String next(Feed feed, long millis) throws InterruptedException, IOException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!hasNews(feed)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return "";
      }
      wait(left);
    }
    StringBuilder events = new StringBuilder();
    if (complete && feed.wantsEverything()) {
      events.append(messages.everything());
      feed.rowsAreKnown(items.size());
    } else if (complete && feed.wantsRows()) {
      events.append(messages.changes(feed));
      feed.rowsAreKnown(items.size());
    }
    if (feed.wantsStream()) {
      events.append(messages.stream(stream, complete));
      feed.streamIsKnown();
    }
    return events.toString();
  }

  private boolean hasNews(Feed feed) {
    return feed.wantsStream() || (complete && (feed.wantsEverything() || feed.wantsRows()));
  }
}
