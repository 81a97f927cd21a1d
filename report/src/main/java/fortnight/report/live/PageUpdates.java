package fortnight.report;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one open page does not know yet. It grows to no more than {@link #MOST} keys, however slow
 * the page is: then it gets everything anew. Guarded by the {@link LiveState} it is of.
 */
final class Feed {
  private static final int MOST = 20_000;

  private final Set<RowKey> rows = new LinkedHashSet<>();
  private boolean everything = true;
  private boolean aside;
  private boolean stream = true;
  private int knownItems;

  void rowChanged(RowKey key) {
    if (!everything) {
      rows.add(key);
      if (rows.size() > MOST) {
        everythingChanged();
      }
    }
  }

  /** Rejected or broken records. */
  void asideChanged() {
    aside = true;
  }

  void streamChanged() {
    stream = true;
  }

  void everythingChanged() {
    everything = true;
    aside = false;
    rows.clear();
  }

  boolean wantsEverything() {
    return everything;
  }

  boolean wantsStream() {
    return stream;
  }

  boolean wantsAside() {
    return aside;
  }

  boolean wantsRows() {
    return !rows.isEmpty() || aside;
  }

  Set<RowKey> rows() {
    return rows;
  }

  int knownItems() {
    return knownItems;
  }

  void streamIsKnown() {
    stream = false;
  }

  void rowsAreKnown(int items) {
    everything = false;
    aside = false;
    rows.clear();
    knownItems = items;
  }
}
