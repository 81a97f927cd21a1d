package fortnight.report.live;

import fortnight.report.rows.Dictionary;
import fortnight.report.rows.Table.RowKey;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The changes that were not yet sent to an open page. A page that falls behind by more than {@link
 * #MAX_ROWS} rows gets a snapshot instead. Guarded by its {@link LiveState}.
 */
final class PageUpdates {
  private static final int MAX_ROWS = 20_000;

  private final Set<RowKey> rows = new LinkedHashSet<>();
  private boolean snapshot = true;
  private boolean rejects;
  private boolean status = true;
  private Dictionary.Sizes sentEntries = Dictionary.Sizes.NONE;

  void rowChanged(RowKey key) {
    if (!snapshot) {
      rows.add(key);
      if (rows.size() > MAX_ROWS) {
        allChanged();
      }
    }
  }

  /** Dead letters or malformed rows were added. */
  void rejectsChanged() {
    rejects = true;
  }

  void statusChanged() {
    status = true;
  }

  void allChanged() {
    snapshot = true;
    rejects = false;
    rows.clear();
  }

  boolean needsSnapshot() {
    return snapshot;
  }

  boolean needsStatus() {
    return status;
  }

  boolean needsRejects() {
    return rejects;
  }

  boolean needsChanges() {
    return !rows.isEmpty() || rejects;
  }

  Set<RowKey> rows() {
    return rows;
  }

  /** The numbers of values and currencies that the page has. */
  Dictionary.Sizes sentEntries() {
    return sentEntries;
  }

  void statusSent() {
    status = false;
  }

  void rowsSent(Dictionary.Sizes entries) {
    snapshot = false;
    rejects = false;
    rows.clear();
    sentEntries = entries;
  }
}
