package fortnight.transforms.volumes;

import fortnight.transforms.DistinctIds;
import fortnight.transforms.Id;
import fortnight.transforms.IdSet;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.Volume;
import java.util.HashSet;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The volume of the records of a bundle so far. */
final class PartialVolume {
  private long records;
  private long lineItems;
  private long unitsHigh;
  private long unitsLow;
  private long revenueHigh;
  private long revenueLow;
  private @Nullable Ids transactions;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  void addRecord(long eventTime) {
    records++;
    first = Math.min(first, eventTime);
    last = Math.max(last, eventTime);
  }

  void addLineItem(LineItem lineItem) {
    long quantity = lineItem.quantity();
    lineItems++;
    unitsLow += quantity;
    unitsHigh += (quantity >> 63) + Int128.carry(unitsLow, quantity);
    Int128 amount = lineItem.amount();
    revenueLow += amount.low();
    revenueHigh += amount.high() + Int128.carry(revenueLow, amount.low());
  }

  Ids transactions() {
    Ids ids = transactions;
    if (ids == null) {
      ids = new Ids();
      transactions = ids;
    }
    return ids;
  }

  Volume volume(IdSet customers) {
    IdSet ids = transactions == null ? IdSet.EMPTY : transactions.ids();
    return new Volume(
        records,
        lineItems,
        new Int128(unitsHigh, unitsLow),
        new Int128(revenueHigh, revenueLow),
        first,
        last,
        ids.isEmpty() && customers.isEmpty() ? DistinctIds.NONE : new DistinctIds(ids, customers));
  }

  /** Distinct ids; compares each with the one before it first. */
  static final class Ids {
    private final Set<Int128> hashes = new HashSet<>();
    private @Nullable Id previous;

    /** Returns 1 if the id is a new one, otherwise 0. */
    int add(Id id) {
      if (id.equals(previous)) {
        return 0;
      }
      previous = id;
      return hashes.add(IdSet.hash(id)) ? 1 : 0;
    }

    IdSet ids() {
      return IdSet.of(hashes);
    }
  }
}
