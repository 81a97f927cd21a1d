package fortnight.transforms;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Adds up a bundle's transactions before anything is shuffled: one table of volumes for each slice
 * and group instead of one element for each line item.
 *
 * <p>It is safe, since the watermark passes no open bundle and a checkpoint finishes it.
 */
final class AddUpBundle extends DoFn<Transaction, KV<Integer, Map<Scope, Volume>>> {
  /** So many partial sums are kept, about 10 MB; a bundle that has more emits some early. */
  private static final int MOST_PARTIALS = 100_000;

  private final ComparisonWindows windows;
  private final Groups groups;

  private transient Map<Long, Map<Scope, Partial>> slices;
  private transient int partials;

  AddUpBundle(ComparisonWindows windows, Groups groups) {
    this.windows = windows;
    this.groups = groups;
  }

  @StartBundle
  public void start() {
    slices = new HashMap<>();
    partials = 0;
  }

  @ProcessElement
  public void process(
      @Element Transaction transaction, OutputReceiver<KV<Integer, Map<Scope, Volume>>> out) {
    long eventTime = transaction.timestamp().getMillis();
    Map<Scope, Partial> slice =
        slices.computeIfAbsent(windows.sliceStart(eventTime), start -> new HashMap<>());
    Partial shop = partial(slice, Scope.SHOP);
    shop.addTransaction(eventTime);
    for (LineItem lineItem : transaction.lineItems()) {
      shop.addLineItem(lineItem.quantity());
      partial(slice, Scope.of(lineItem.item())).addLineItem(lineItem.quantity());
    }
    if (partials > MOST_PARTIALS) {
      emit(out::outputWithTimestamp);
      start();
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext out) {
    emit((table, timestamp) -> out.output(table, timestamp, GlobalWindow.INSTANCE));
    slices = null;
  }

  private Partial partial(Map<Scope, Partial> slice, Scope scope) {
    Partial partial = slice.get(scope);
    if (partial == null) {
      partial = new Partial();
      slice.put(scope, partial);
      partials++;
    }
    return partial;
  }

  private interface Output {
    void emit(KV<Integer, Map<Scope, Volume>> table, Instant timestamp);
  }

  private void emit(Output out) {
    slices.forEach(
        (start, volumes) -> {
          Instant lastOfSlice = Instant.ofEpochMilli(start + windows.every().getMillis() - 1);
          tables(volumes).forEach((group, table) -> out.emit(KV.of(group, table), lastOfSlice));
        });
  }

  private Map<Integer, Map<Scope, Volume>> tables(Map<Scope, Partial> volumes) {
    Map<Integer, Map<Scope, Volume>> tables = new HashMap<>();
    volumes.forEach(
        (scope, partial) ->
            tables
                .computeIfAbsent(groups.of(scope), group -> new HashMap<>())
                .put(scope, partial.volume()));
    return tables;
  }

  /**
   * A slice that ends before the transaction at hand is emitted with an older timestamp than it.
   */
  @Override
  @SuppressWarnings("deprecation") // The only way to emit an older timestamp from processElement.
  public Duration getAllowedTimestampSkew() {
    return EventTimes.ANY_SKEW;
  }

  private static final class Partial {
    private long transactions;
    private long lineItems;
    private long units;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void addTransaction(long eventTime) {
      transactions++;
      first = Math.min(first, eventTime);
      last = Math.max(last, eventTime);
    }

    void addLineItem(long quantity) {
      lineItems++;
      units = Math.addExact(units, quantity);
    }

    Volume volume() {
      return new Volume(transactions, lineItems, units, first, last);
    }
  }
}
