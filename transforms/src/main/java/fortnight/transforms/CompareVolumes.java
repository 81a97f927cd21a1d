package fortnight.transforms;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Answers: how did the transactions of the shop, and the units of each item, change from one period
 * to the next?
 *
 * <pre>{@code
 * SELECT window_end, scope, SUM(amount) FILTER (first half), SUM(amount) FILTER (second half)
 * FROM HOP(slices, every, 2 * period) GROUP BY 1, 2
 * }</pre>
 *
 * <p>The shop has a row for every window from its first transaction to its last, also where it did
 * not trade in between; an item for every window in which it has a line item. No row is about time
 * after the last transaction. Bounded input only, since the last transaction must be known; rows
 * come when all is read, in the global window, since each says its window itself. Nothing becomes a
 * dead letter.
 */
public final class CompareVolumes
    extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;

  private CompareVolumes(ComparisonWindows windows) {
    this.windows = windows;
  }

  public static CompareVolumes by(ComparisonWindows windows) {
    return new CompareVolumes(windows);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    if (slices.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException("CompareVolumes takes bounded input only");
    }
    PCollection<TradedSlices> traded = slices.apply("Find traded slices", new FindTradedSlices());
    PCollectionView<TradedSlices> view =
        traded.apply(
            "See traded slices",
            View.<TradedSlices>asSingleton().withDefaultValue(TradedSlices.NONE));
    PCollection<VolumeChange> changes =
        slices
            .apply("Sliding windows", Window.into(windows.sliding()))
            .apply("Tell halves", ParDo.of(new TellHalvesFn(windows.period())))
            .setCoder(KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Halves.coder())))
            .apply("Sum halves", Combine.perKey(SumTablesFn.ofHalves()))
            .apply("Compare", ParDo.of(new CompareFn(windows)).withSideInput("traded", view))
            .setCoder(VolumeChange.coder())
            .apply("Leave windows", Window.into(new GlobalWindows()));
    PCollection<VolumeChange> silence = traded.apply("Tell silence", TellSilence.by(windows));
    return PCollectionList.of(changes).and(silence).apply("All changes", Flatten.pCollections());
  }

  /** A slice lies in several windows: in the second half of some, in the first half of others. */
  private static final class TellHalvesFn extends DoFn<Slice, KV<Integer, Map<Scope, Halves>>> {
    private final Duration period;

    TellHalvesFn(Duration period) {
      this.period = period;
    }

    @ProcessElement
    public void process(
        @Element Slice slice,
        IntervalWindow window,
        OutputReceiver<KV<Integer, Map<Scope, Halves>>> out) {
      boolean isPrevious = slice.start().isBefore(window.start().plus(period));
      Map<Scope, Halves> halves = new HashMap<>();
      slice
          .volumes()
          .forEach(
              (scope, volume) -> {
                long amount = scope.isShop() ? volume.transactions() : volume.units();
                halves.put(scope, isPrevious ? new Halves(amount, 0) : new Halves(0, amount));
              });
      out.output(KV.of(slice.group(), halves));
    }
  }

  private static final class CompareFn extends DoFn<KV<Integer, Map<Scope, Halves>>, VolumeChange> {
    private final ComparisonWindows windows;

    CompareFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Scope, Halves>> sums,
        IntervalWindow window,
        PaneInfo pane,
        @SideInput("traded") TradedSlices traded,
        OutputReceiver<VolumeChange> out) {
      Instant lastSlice = window.end().minus(windows.every());
      if (!traded.reach(lastSlice.getMillis())) {
        return; // Time after the data ends.
      }
      Instant currentStart = window.start().plus(windows.period());
      Pane fired = Pane.of(pane);
      sums.getValue()
          .forEach(
              (scope, halves) ->
                  out.output(
                      new VolumeChange(
                          window.start(),
                          currentStart,
                          window.end(),
                          scope,
                          halves.previous(),
                          halves.current(),
                          fired)));
    }
  }
}
