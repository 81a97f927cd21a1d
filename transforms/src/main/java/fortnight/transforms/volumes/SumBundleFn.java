package fortnight.transforms.volumes;

import fortnight.transforms.DistinctIds;
import fortnight.transforms.Id;
import fortnight.transforms.IdSet;
import fortnight.transforms.Int128;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.LineItem;
import fortnight.transforms.Scope;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Sums a bundle's transactions before the shuffle: emits one table of volumes for each slice and
 * group instead of one element for each line item.
 *
 * <p>Sums cannot become late, since the watermark does not pass an open bundle and bundles are
 * finished before a checkpoint.
 */
public final class SumBundleFn extends DoFn<Transaction, KV<Integer, Map<Scope, Volume>>> {
  /** Maximum number of partial sums (about 10 MB) in memory; when exceeded, all are emitted. */
  private static final int MAX_PARTIALS = 100_000;

  private final ComparisonWindows windows;
  private final KeyGroups groups;
  private final Counted counted;

  private transient Map<Long, PartialSlice> slices;
  private transient @Nullable PartialSlice latest;
  private transient int partials;

  /**
   * The ids of which the distinct ones are counted.
   *
   * @param transactions whether the elements with the same id are one transaction
   */
  public record Counted(boolean transactions, boolean customers) implements Serializable {}

  public SumBundleFn(ComparisonWindows windows, KeyGroups groups, Counted counted) {
    this.windows = windows;
    this.groups = groups;
    this.counted = counted;
  }

  @StartBundle
  public void start() {
    slices = new HashMap<>();
    latest = null;
    partials = 0;
  }

  @ProcessElement
  public void process(
      @Element Transaction transaction, OutputReceiver<KV<Integer, Map<Scope, Volume>>> out) {
    long eventTime = transaction.timestamp().getMillis();
    PartialSlice slice = slice(eventTime);
    slice.shop.addRecord(eventTime);
    if (counted.transactions()) {
      partials += slice.transactions.add(transaction.id());
    }
    if (counted.customers() && transaction.customer() != null) {
      partials += slice.customers.add(transaction.customer());
    }
    for (LineItem lineItem : transaction.lineItems()) {
      slice.shop.addLineItem(lineItem.quantity());
      item(slice, lineItem.item()).addLineItem(lineItem.quantity());
    }
    if (partials > MAX_PARTIALS) {
      emit(out::outputWithTimestamp);
      start();
    }
  }

  /** Returns the slice of an event time; checks the slice of the previous transaction first. */
  private PartialSlice slice(long eventTime) {
    PartialSlice previous = latest;
    if (previous != null && eventTime >= previous.start && eventTime < previous.end) {
      return previous;
    }
    long start = windows.sliceStart(eventTime);
    PartialSlice slice = slices.get(start);
    if (slice == null) {
      slice = new PartialSlice(start, start + windows.every().getMillis());
      slices.put(start, slice);
      partials++;
    }
    latest = slice;
    return slice;
  }

  private Partial item(PartialSlice slice, Id id) {
    Partial partial = slice.items.get(id);
    if (partial == null) {
      partial = new Partial();
      slice.items.put(id, partial);
      partials++;
    }
    return partial;
  }

  @FinishBundle
  public void finish(FinishBundleContext out) {
    emit((table, timestamp) -> out.output(table, timestamp, GlobalWindow.INSTANCE));
    slices = null;
    latest = null;
  }

  private interface Output {
    void emit(KV<Integer, Map<Scope, Volume>> table, Instant timestamp);
  }

  private void emit(Output out) {
    for (PartialSlice slice : slices.values()) {
      Instant maxTimestamp = Instant.ofEpochMilli(slice.end - 1);
      tables(slice).forEach((group, table) -> out.emit(KV.of(group, table), maxTimestamp));
    }
  }

  private Map<Integer, Map<Scope, Volume>> tables(PartialSlice slice) {
    Map<Integer, Map<Scope, Volume>> tables = new HashMap<>();
    tables.put(KeyGroups.SHOP, Map.of(Scope.SHOP, slice.shopVolume()));
    slice.items.forEach(
        (item, partial) ->
            tables
                .computeIfAbsent(groups.of(item), group -> new HashMap<>())
                .put(Scope.of(item), partial.volume(DistinctIds.NONE)));
    return tables;
  }

  /** A slice may end before the current transaction, so its timestamp may be older. */
  @Override
  @SuppressWarnings("deprecation") // The only way to emit an older timestamp from processElement.
  public Duration getAllowedTimestampSkew() {
    return TimestampSkew.ANY;
  }

  private static final class PartialSlice {
    private final long start;
    private final long end;
    private final Partial shop = new Partial();
    private final PartialIds transactions = new PartialIds();
    private final PartialIds customers = new PartialIds();
    private final Map<Id, Partial> items = new HashMap<>();

    PartialSlice(long start, long end) {
      this.start = start;
      this.end = end;
    }

    Volume shopVolume() {
      return shop.volume(new DistinctIds(transactions.ids(), customers.ids()));
    }
  }

  /** Distinct ids; compares each with the one before it first. */
  private static final class PartialIds {
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

  private static final class Partial {
    private long records;
    private long lineItems;
    private long unitsHigh;
    private long unitsLow;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void addRecord(long eventTime) {
      records++;
      first = Math.min(first, eventTime);
      last = Math.max(last, eventTime);
    }

    void addLineItem(long quantity) {
      lineItems++;
      unitsLow += quantity;
      unitsHigh += (quantity >> 63) + Int128.carry(unitsLow, quantity);
    }

    Volume volume(DistinctIds ids) {
      return new Volume(records, lineItems, new Int128(unitsHigh, unitsLow), first, last, ids);
    }
  }
}
