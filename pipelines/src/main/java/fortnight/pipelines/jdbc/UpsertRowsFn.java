package fortnight.pipelines.jdbc;

import fortnight.common.Analysis;
import fortnight.common.jdbc.Database;
import fortnight.pipelines.rows.ResultRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/**
 * Writes the rows of a bundle in one database transaction at its end, or in several if they need
 * much memory. A bundle that is repeated writes the same rows under the same keys. Emits for each
 * bundle whether it has rows of analyses, all under one key, so that a later step can wait for all
 * bundles.
 */
final class UpsertRowsFn extends DoFn<ResultRow, KV<Integer, Boolean>> {
  /** How long a statement may take, and how long a stopped job may wait for it. */
  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(1);

  /** The number of characters, approximately, from which on rows are written before the end. */
  private static final long MAX_SIZE = 1L << 24;

  /** The size of a row in memory beside its JSON, in characters. */
  private static final long ROW_OVERHEAD = 200;

  private final Database database;
  private final Map<String, ResultTable> tables;

  /** The names in SQL of the tables that are written, by title. */
  private final Map<String, String> targets;

  private transient DatabaseSession session;
  private transient Map<String, RowBatch> batches;
  private transient long size;
  private transient boolean hasResults;

  UpsertRowsFn(Database database, Map<String, ResultTable> tables, Map<String, String> targets) {
    this.database = database;
    this.tables = new HashMap<>(tables);
    this.targets = new HashMap<>(targets);
  }

  @Setup
  public void setup() {
    session = new DatabaseSession(database, RESPONSE_TIMEOUT);
  }

  @StartBundle
  public void startBundle() {
    hasResults = false;
    clear();
  }

  @ProcessElement
  public void process(@Element ResultRow row) {
    batches.computeIfAbsent(row.title(), title -> new RowBatch(tables.get(title))).add(row);
    hasResults |= !row.title().equals(Analysis.DEAD_LETTERS);
    size += row.size() + ROW_OVERHEAD;
    if (size >= MAX_SIZE) {
      write();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext out) {
    write();
    out.output(KV.of(0, hasResults), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
  }

  @Teardown
  public void teardown() {
    if (session != null) {
      session.close();
    }
  }

  /** Writes the tables in the order of their titles, as other writers do. */
  private void write() {
    if (!batches.isEmpty()) {
      session.transaction(
          connection -> {
            for (Map.Entry<String, RowBatch> batch : batches.entrySet()) {
              batch.getValue().upsert(connection, targets.get(batch.getKey()));
            }
          });
      clear();
    }
  }

  private void clear() {
    batches = new TreeMap<>();
    size = 0;
  }
}
