package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import fortnight.transforms.parse.ParseTransactions;
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
 * Sums transactions, for the shop and for each item, over the slices of time that tile all windows
 * of a comparison.
 *
 * <p>A transaction is touched once here, however many windows overlap later. Input must be in the
 * global window with event times as timestamps, as {@link ParseTransactions} gives it. Emits a
 * slice, with its end as timestamp, when the watermark passes that; in a stream also what was added
 * since, before (if early firings are asked for) and after. What no window takes any more is
 * dropped, and counted by Beam as {@code DroppedDueToLateness}: a bundle's sum for a slice and an
 * item counts one. Nothing becomes a dead letter.
 */
public final class SliceVolumes extends PTransform<PCollection<Transaction>, PCollection<Slice>> {
  private final ComparisonWindows windows;

  private SliceVolumes(ComparisonWindows windows) {
    this.windows = windows;
  }

  public static SliceVolumes by(ComparisonWindows windows) {
    return new SliceVolumes(windows);
  }

  @Override
  public PCollection<Slice> expand(PCollection<Transaction> transactions) {
    if (!(transactions.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "SliceVolumes makes the windows itself: give it transactions in the global window, not in "
              + transactions.getWindowingStrategy().getWindowFn());
    }
    return transactions.isBounded() == IsBounded.BOUNDED
        ? addUp(transactions, KeyGroups.few()).apply("Sum slices", BoundedSlices.of(windows))
        : inStream(addUp(transactions, KeyGroups.oneForEachItem()));
  }

  private PCollection<KV<Integer, Map<Scope, Volume>>> addUp(
      PCollection<Transaction> transactions, KeyGroups groups) {
    return transactions
        .apply("Sum bundles", ParDo.of(new SumBundleFn(windows, groups)))
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
