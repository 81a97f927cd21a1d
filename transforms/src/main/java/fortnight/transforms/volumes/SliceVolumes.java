package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import fortnight.transforms.parse.ParseTransactions;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * Sums transactions, for the shop, for each item, and for each value of a dimension, in slices: the
 * longest windows that tile all windows of a comparison.
 *
 * <p>Each transaction is processed once, regardless of the number of overlapping windows. Input
 * must be in the global window with event times as timestamps, as {@link ParseTransactions} emits
 * it. Emits a slice, with its maximum timestamp, when the watermark passes its end; in a stream
 * also what was added since the previous pane, after that and (if early firings are enabled)
 * before. Elements that are too late for every window are dropped and counted by Beam as {@code
 * DroppedDueToLateness}, in units of one bundle's sum of a slice and item. Emits no dead letters.
 */
public final class SliceVolumes extends PTransform<PCollection<Transaction>, PCollection<Slice>> {
  private final ComparisonWindows windows;
  private final SumBundleFn.Counted counted;

  private SliceVolumes(ComparisonWindows windows, SumBundleFn.Counted counted) {
    this.windows = windows;
    this.counted = counted;
  }

  public static SliceVolumes by(ComparisonWindows windows) {
    return new SliceVolumes(windows, SumBundleFn.Counted.NOTHING);
  }

  /**
   * Sets whether the elements with the same id are one transaction, because each is a line item of
   * it. Then the set of ids of a slice is kept. The default is false: each element is a
   * transaction.
   */
  public SliceVolumes withDistinctTransactions(boolean distinct) {
    return with(new SumBundleFn.Counted(distinct, counted.customers(), counted.groupings()));
  }

  /** Sets whether the distinct customers of the shop are counted; the default is false. */
  public SliceVolumes withCustomers(boolean customers) {
    return with(new SumBundleFn.Counted(counted.transactions(), customers, counted.groupings()));
  }

  /** Sets the dimensions that are summed beside items; the default is none. */
  public SliceVolumes withGroupings(List<Grouping> groupings) {
    return with(new SumBundleFn.Counted(counted.transactions(), counted.customers(), groupings));
  }

  private SliceVolumes with(SumBundleFn.Counted newCounted) {
    return new SliceVolumes(windows, newCounted);
  }

  @Override
  public PCollection<Slice> expand(PCollection<Transaction> transactions) {
    if (!(transactions.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "SliceVolumes requires input in the global window, not in "
              + transactions.getWindowingStrategy().getWindowFn());
    }
    return transactions.isBounded() == IsBounded.BOUNDED
        ? sumBundles(transactions, KeyGroups.few()).apply("Sum slices", BoundedSlices.of(windows))
        : inStream(sumBundles(transactions, KeyGroups.oneForEachItem()));
  }

  private PCollection<KV<Integer, Map<Scope, Volume>>> sumBundles(
      PCollection<Transaction> transactions, KeyGroups groups) {
    return transactions
        .apply("Sum bundles", ParDo.of(new SumBundleFn(windows, groups, counted)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Volume.coder())));
  }

  private PCollection<Slice> inStream(PCollection<KV<Integer, Map<Scope, Volume>>> partials) {
    return partials
        .apply(
            "Window into slices",
            Triggers.of(windows).<KV<Integer, Map<Scope, Volume>>>intoSlices())
        .apply("Sum slices", Combine.perKey(SumTablesFn.ofVolumes()))
        .apply("To slices", ParDo.of(new NameFn()))
        .setCoder(Slice.coder());
  }

  private static final class NameFn extends DoFn<KV<Integer, Map<Scope, Volume>>, Slice> {
    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Scope, Volume>> table,
        IntervalWindow slice,
        OutputReceiver<Slice> out) {
      out.output(new Slice(slice.start(), table.getKey(), table.getValue()));
    }
  }
}
