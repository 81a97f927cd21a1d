package fortnight.report.live;

import fortnight.common.Analysis;
import fortnight.common.kafka.RedriveNotes;
import fortnight.report.rows.Dictionary;
import fortnight.report.rows.JsonRow;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.MalformedRows;
import fortnight.report.rows.RunResults;
import fortnight.report.rows.Table;
import fortnight.report.rows.Table.RowKey;
import fortnight.report.tables.Snapshot;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The state of the live page, in memory only: the latest row of each key, counts of dead letters,
 * and the status of the stream. Thread-safe.
 */
final class LiveState {
  private final RunResults results = new RunResults(true);
  private final Dictionary dictionary = new Dictionary();
  private final Set<PageUpdates> pages = new HashSet<>();
  private final LiveMessages messages = new LiveMessages(results, dictionary);
  private final Map<String, Long> rowsRead = new TreeMap<>();

  /** Those of {@link #rowsRead}; rows of tables count each time they are read. */
  private final Map<String, Long> malformedRead = new TreeMap<>();

  private StreamStatus status;
  private boolean complete;

  LiveState(LiveOptions options) {
    status = StreamStatus.unknown(options);
  }

  synchronized void readCatalog(Reader entries) throws IOException {
    results.read(RunResults.CATALOG, entries);
  }

  /** Adds an analysis, or the dead letters, to the page; it has a topic, perhaps without rows. */
  synchronized void expect(String title) {
    results.expect(title);
    pages.forEach(PageUpdates::allChanged);
    notifyAll();
  }

  /** Removes all rows, because the topics were replaced and are read from the beginning. */
  synchronized void clear() {
    results.clearRows();
    dictionary.clear();
    complete = false;
    pages.forEach(PageUpdates::allChanged);
    pages.forEach(PageUpdates::statusChanged);
    notifyAll();
  }

  /**
   * Adds the message of a result topic.
   *
   * @param title of the analysis, or of the dead letters
   * @param place the partition and offset, for malformed messages
   */
  synchronized void add(String title, String place, byte[] key, String text) {
    rowsRead.merge(title, 1L, Long::sum);
    try {
      JsonRow row = JsonRow.parse(text);
      if (title.equals(Analysis.DEAD_LETTERS)) {
        addDeadLetter(key, row);
      } else if (title.equals(Analysis.OUTLIERS.title())) {
        results.addOutliers().add(row);
      } else {
        addRow(Analysis.titled(title).orElseThrow(), row);
      }
    } catch (MalformedRowException e) {
      addMalformed(title, place, e.getMessage(), text);
    } catch (RuntimeException e) {
      // An exception here would lose the other messages of the same poll.
      addMalformed(title, place, "cannot be read: " + e.getClass().getSimpleName(), text);
    }
    notifyAll();
  }

  private void addMalformed(String title, String place, String error, String text) {
    malformedRead.merge(title, 1L, Long::sum);
    results.addMalformed(title, place, error, text);
    pages.forEach(PageUpdates::rejectsChanged);
  }

  private void addRow(Analysis analysis, JsonRow row) throws MalformedRowException {
    if (!results.tables().containsKey(analysis)) {
      expect(analysis.title());
    }
    RowKey key = results.table(analysis).add(row);
    dictionary.add(key);
    pages.forEach(page -> page.rowChanged(key));
  }

  private void addDeadLetter(byte[] key, JsonRow letter) throws MalformedRowException {
    if (RedriveNotes.isKey(key)) {
      results.deadLetters().addRedriven(key);
    } else {
      results.deadLetters().add(key, letter);
    }
    pages.forEach(PageUpdates::rejectsChanged);
  }

  /**
   * Replaces results by those that a later read of tables found, together with the status, so that
   * no page or metric has the rows of one read and the problem of another. From then on the state
   * is complete.
   */
  synchronized void replace(Snapshot snapshot, StreamStatus.Tables checked) {
    snapshot.rowsRead().forEach((title, rows) -> rowsRead.merge(title, rows, Long::sum));
    for (MalformedRows malformed : snapshot.changed().malformed()) {
      malformedRead.merge(malformed.title(), malformed.count(), Long::sum);
    }
    boolean isRemoved = results.retain(snapshot.titles());
    Optional<List<RowKey>> changes =
        results.replace(snapshot.changed()).filter(unused -> !isRemoved);
    if (changes.isPresent()) {
      addToDictionary(snapshot.changed());
    } else { // Values and currencies can be without rows now.
      dictionary.clear();
      addToDictionary(results);
    }
    for (PageUpdates page : pages) {
      changes.ifPresentOrElse(keys -> keys.forEach(page::rowChanged), page::allChanged);
      if (!snapshot.rowsRead().isEmpty()) {
        page.rejectsChanged();
      }
    }
    complete = true;
    update(before -> before.with(checked));
  }

  private void addToDictionary(RunResults added) {
    for (Table table : added.tables().values()) {
      table.keys().forEach(key -> dictionary.add(new RowKey(table.analysis(), key, 0)));
    }
  }

  /** Marks the state as complete: all messages that existed at the start have been read. */
  synchronized void complete() {
    complete = true;
    pages.forEach(PageUpdates::statusChanged);
    notifyAll();
  }

  synchronized boolean isComplete() {
    return complete;
  }

  synchronized void update(UnaryOperator<StreamStatus> change) {
    status = change.apply(status);
    pages.forEach(PageUpdates::statusChanged);
    notifyAll();
  }

  synchronized PageUpdates open() {
    PageUpdates page = new PageUpdates();
    pages.add(page);
    return page;
  }

  synchronized void close(PageUpdates page) {
    pages.remove(page);
  }

  /** Waits for changes that a page does not have; returns their events, or "" after the timeout. */
  synchronized String next(PageUpdates page, long timeoutMillis)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (!hasEvents(page)) {
      long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (remaining <= 0) {
        return "";
      }
      wait(remaining);
    }
    StringBuilder events = new StringBuilder();
    if (complete && page.needsSnapshot()) {
      events.append(messages.snapshot());
      page.rowsSent(dictionary.sizes());
    } else if (complete && page.needsChanges()) {
      events.append(messages.changes(page));
      page.rowsSent(dictionary.sizes());
    }
    if (page.needsStatus()) {
      events.append(messages.status(status, complete));
      page.statusSent();
    }
    return events.toString();
  }

  /** The metrics in the text format of Prometheus. */
  synchronized String metrics() {
    return new StreamMetrics(status, results, complete).text(rowsRead, malformedRead);
  }

  private boolean hasEvents(PageUpdates page) {
    return page.needsStatus() || (complete && (page.needsSnapshot() || page.needsChanges()));
  }
}
