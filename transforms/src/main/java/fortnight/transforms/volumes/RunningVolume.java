package fortnight.transforms.volumes;

import fortnight.common.Measure;
import fortnight.transforms.IdSet;
import fortnight.transforms.Int128;
import fortnight.transforms.Volume;
import java.util.HashMap;
import java.util.Map;

/** The sums over a set of slices, to which slices are added and from which they are removed. */
final class RunningVolume {
  private long records;
  private long lineItems;
  private Int128 units = Int128.ZERO;
  private Int128 revenue = Int128.ZERO;
  private final RunningIds transactions = new RunningIds();
  private final RunningIds customers = new RunningIds();

  void add(Volume volume) {
    records += volume.records();
    lineItems += volume.lineItems();
    units = units.plus(volume.units());
    revenue = revenue.plus(volume.revenue());
    transactions.add(volume.ids().transactions());
    customers.add(volume.ids().customers());
  }

  /** Removes a volume that was added. */
  void remove(Volume volume) {
    records -= volume.records();
    lineItems -= volume.lineItems();
    units = units.minus(volume.units());
    revenue = revenue.minus(volume.revenue());
    transactions.remove(volume.ids().transactions());
    customers.remove(volume.ids().customers());
  }

  Int128 of(Measure measure) {
    return switch (measure) {
      case TRANSACTIONS -> Int128.of(transactions.isEmpty() ? records : transactions.size());
      case CUSTOMERS -> Int128.of(customers.size());
      case UNITS -> units;
      case REVENUE -> revenue;
    };
  }

  /** Returns the number of records; for an item, of line items. */
  long records(boolean isOfShop) {
    return isOfShop ? records : lineItems;
  }

  /** Distinct ids, each with the number of slices that contain it. */
  private static final class RunningIds {
    private Map<Int128, Integer> slices = Map.of();

    void add(IdSet ids) {
      if (!ids.isEmpty()) {
        slices = slices.isEmpty() ? new HashMap<>(2 * ids.size()) : slices;
        ids.forEach(id -> slices.merge(id, 1, Integer::sum));
      }
    }

    void remove(IdSet ids) {
      ids.forEach(id -> slices.computeIfPresent(id, (same, n) -> n == 1 ? null : n - 1));
    }

    boolean isEmpty() {
      return slices.isEmpty();
    }

    int size() {
      return slices.size();
    }
  }
}
