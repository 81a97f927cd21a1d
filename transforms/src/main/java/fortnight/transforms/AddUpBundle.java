package fortnight.transforms;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Adds up a bundle's transactions before anything is shuffled: one partial volume for each slice
 * and scope instead of one element for each line item.
 *
 * <p>It is safe, since the watermark passes no open bundle and a checkpoint finishes it.
 */
final class AddUpBundle extends DoFn<Transaction, KV<Scope, Volume>> {
  /** So many partial volumes are kept, about 10 MB; a bundle that has more emits some early. */
  private static final int MOST_PARTIALS = 100_000;

  private final ComparisonWindows windows;

  private transient Map<Long, Map<Scope, Partial>> slices;
  private transient int partials;

  AddUpBundle(ComparisonWindows windows) {
    this.windows = windows;
  }

  @StartBundle
  public void start() {
    slices = new HashMap<>();
    partials = 0;
  }

  @ProcessElement
  public void process(@Element Transaction transaction, OutputReceiver<KV<Scope, Volume>> out) {
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
      slices.forEach(
          (start, volumes) ->
              volumes.forEach(
                  (scope, partial) ->
                      out.outputWithTimestamp(KV.of(scope, partial.volume()), endOf(start))));
      start();
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext out) {
    slices.forEach(
        (start, volumes) ->
            volumes.forEach(
                (scope, partial) ->
                    out.output(
                        KV.of(scope, partial.volume()), endOf(start), GlobalWindow.INSTANCE)));
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

  private Instant endOf(long sliceStart) {
    return Instant.ofEpochMilli(sliceStart).plus(windows.every()).minus(Duration.millis(1));
  }

  /**
   * A slice that ends before the transaction at hand is emitted late by at most the disorder of one
   * bundle. Finite on purpose: at Long.MAX_VALUE Beam throws and catches an ArithmeticException for
   * every output.
   */
  @Override
  @SuppressWarnings("deprecation") // The only way to emit an older timestamp from processElement.
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(EventTimes.END);
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
