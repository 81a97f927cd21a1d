package fortnight.transforms;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Sums transactions, for the shop and for each item, over the slices of time that tile all windows
 * of a comparison.
 *
 * <p>A transaction is touched once here, however many windows overlap later. Input must be in the
 * global window with event times as timestamps, as {@link ParseTransactions} gives it. Emits one
 * slice for each scope when the watermark passes the slice's end, with that end as its timestamp.
 * Nothing becomes a dead letter.
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
    return transactions
        .apply("Add up bundles", ParDo.of(new AddUpBundle(windows)))
        .setCoder(KvCoder.of(Scope.coder(), Volume.coder()))
        .apply("Cut into slices", Window.into(windows.slices()))
        .apply("Sum slices", Combine.perKey(Volume.sum()))
        .apply("Name slices", ParDo.of(new NameFn()))
        .setCoder(Slice.coder());
  }

  private static final class NameFn extends DoFn<KV<Scope, Volume>, Slice> {
    @ProcessElement
    public void process(
        @Element KV<Scope, Volume> volume, IntervalWindow slice, OutputReceiver<Slice> out) {
      out.output(new Slice(slice.start(), volume.getKey(), volume.getValue()));
    }
  }
}
