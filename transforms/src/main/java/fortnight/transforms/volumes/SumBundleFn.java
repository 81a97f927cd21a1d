package fortnight.transforms.volumes;

import fortnight.transforms.Id;
import fortnight.transforms.IdSet;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.LineItem;
import fortnight.transforms.Scope;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Periods periods;
  private final KeyGroups groups;
  private final Counted counted;
  private final List<Grouping> ofLineItems;
  private final List<Grouping> ofRecords;

  private transient Map<PartialKey, PartialSlice> slices;
  private transient @Nullable PartialSlice latest;
  private transient int partials;

  /**
   * What is summed beside the shop and its items.
   *
   * @param transactions whether the elements with the same id are one transaction, so that the
   *     distinct ones are counted
   * @param customers whether the distinct customers of the shop are counted
   */
  public record Counted(boolean transactions, boolean customers, List<Grouping> groupings)
      implements Serializable {
    /** Only sums. */
    public static final Counted NOTHING = new Counted(false, false, List.of());

    public Counted {
      groupings = List.copyOf(groupings);
    }
  }

  public SumBundleFn(ComparisonWindows windows, KeyGroups groups, Counted counted) {
    this.periods = windows.periods();
    this.groups = groups;
    this.counted = counted;
    List<Grouping> lineItemGroupings = new ArrayList<>(List.of(Grouping.ITEMS));
    counted.groupings().stream().filter(Grouping::isOfLineItems).forEach(lineItemGroupings::add);
    this.ofLineItems = lineItemGroupings;
    this.ofRecords =
        counted.groupings().stream().filter(grouping -> !grouping.isOfLineItems()).toList();
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
    PartialSlice slice = slice(eventTime, transaction.currency());
    addRecord(slice.shop, transaction);
    if (counted.customers() && transaction.customer() != null) {
      partials += slice.customers.add(transaction.customer());
    }
    for (LineItem lineItem : transaction.lineItems()) {
      slice.shop.addLineItem(lineItem);
      for (int i = 0; i < ofLineItems.size(); i++) {
        partial(slice.byLineItem.get(i), ofLineItems.get(i).of(lineItem)).addLineItem(lineItem);
      }
    }
    for (int i = 0; i < ofRecords.size(); i++) {
      PartialVolume partial = partial(slice.byRecord.get(i), ofRecords.get(i).of(transaction));
      addRecord(partial, transaction);
      transaction.lineItems().forEach(partial::addLineItem);
    }
    if (partials > MAX_PARTIALS) {
      emit(out::outputWithTimestamp);
      start();
    }
  }

  private void addRecord(PartialVolume partial, Transaction transaction) {
    partial.addRecord(transaction.timestamp().getMillis());
    if (counted.transactions()) {
      partials += partial.transactions().add(transaction.id());
    }
  }

  /** Returns the slice of an event time; checks the slice of the previous transaction first. */
  private PartialSlice slice(long eventTime, @Nullable String currency) {
    PartialSlice previous = latest;
    if (previous != null
        && eventTime >= previous.start
        && eventTime < previous.end
        && Objects.equals(currency, previous.currency)) {
      return previous;
    }
    long start = periods.sliceStart(eventTime);
    PartialKey key = new PartialKey(start, currency);
    PartialSlice slice = slices.get(key);
    if (slice == null) {
      slice =
          new PartialSlice(
              start, periods.sliceEnd(start), currency, ofLineItems.size(), ofRecords.size());
      slices.put(key, slice);
      partials++;
    }
    latest = slice;
    return slice;
  }

  private PartialVolume partial(Map<Id, PartialVolume> values, Id value) {
    PartialVolume partial = values.get(value);
    if (partial == null) {
      partial = new PartialVolume();
      values.put(value, partial);
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
    tables.put(KeyGroups.SHOP, Map.of(Scope.shop(slice.currency), slice.shopVolume()));
    for (int i = 0; i < ofLineItems.size(); i++) {
      addTo(tables, ofLineItems.get(i).dimension(), slice.currency, slice.byLineItem.get(i));
    }
    for (int i = 0; i < ofRecords.size(); i++) {
      addTo(tables, ofRecords.get(i).dimension(), slice.currency, slice.byRecord.get(i));
    }
    return tables;
  }

  private void addTo(
      Map<Integer, Map<Scope, Volume>> tables,
      String dimension,
      @Nullable String currency,
      Map<Id, PartialVolume> values) {
    values.forEach(
        (value, partial) -> {
          Scope scope = new Scope(dimension, value, currency);
          tables
              .computeIfAbsent(groups.of(scope), group -> new HashMap<>())
              .put(scope, partial.volume(IdSet.EMPTY));
        });
  }

  /** A slice may end before the current transaction, so its timestamp may be older. */
  @Override
  @SuppressWarnings("deprecation") // The only way to emit an older timestamp from processElement.
  public Duration getAllowedTimestampSkew() {
    return TimestampSkew.ANY;
  }

  private record PartialKey(long start, @Nullable String currency) {}

  private static final class PartialSlice {
    private final long start;
    private final long end;
    private final @Nullable String currency;
    private final PartialVolume shop = new PartialVolume();
    private final PartialVolume.Ids customers = new PartialVolume.Ids();
    private final List<Map<Id, PartialVolume>> byLineItem;
    private final List<Map<Id, PartialVolume>> byRecord;

    PartialSlice(
        long start,
        long end,
        @Nullable String currency,
        int lineItemGroupings,
        int recordGroupings) {
      this.start = start;
      this.end = end;
      this.currency = currency;
      this.byLineItem = tables(lineItemGroupings);
      this.byRecord = tables(recordGroupings);
    }

    private static List<Map<Id, PartialVolume>> tables(int count) {
      List<Map<Id, PartialVolume>> tables = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        tables.add(new HashMap<>());
      }
      return tables;
    }

    Volume shopVolume() {
      return shop.volume(customers.ids());
    }
  }
}
