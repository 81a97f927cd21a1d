package fortnight.transforms.volumes;

import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Bounded-input implementation of {@link SliceVolumes}: sums the slices of a period in one window.
 *
 * <p>Runners keep state for each window and key. For weeks compared every hour there are 168 times
 * as many slices as periods.
 */
final class BoundedSlices
    extends PTransform<PCollection<KV<Integer, Map<Scope, Volume>>>, PCollection<Slice>> {
  private final ComparisonWindows windows;

  private BoundedSlices(ComparisonWindows windows) {
    this.windows = windows;
  }

  static BoundedSlices of(ComparisonWindows windows) {
    return new BoundedSlices(windows);
  }

  @Override
  public PCollection<Slice> expand(PCollection<KV<Integer, Map<Scope, Volume>>> partials) {
    return partials
        .apply("Add slice starts", ParDo.of(new NameFn(windows)))
        .setCoder(KvCoder.of(VarIntCoder.of(), Slice.coder()))
        .apply(
            "Window by period",
            Window.<KV<Integer, Slice>>into(windows.periods().tumbling())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Sum slices", Combine.perKey(new SumSlicesFn()))
        .apply("Emit slices", ParDo.of(new EmitFn(windows.periods())))
        .setCoder(Slice.coder())
        .apply(
            "Window into slices",
            Window.<Slice>into(windows.periods().slices())
                .withTimestampCombiner(TimestampCombiner.END_OF_WINDOW));
  }

  private static final class NameFn
      extends DoFn<KV<Integer, Map<Scope, Volume>>, KV<Integer, Slice>> {
    private final ComparisonWindows windows;

    NameFn(ComparisonWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Scope, Volume>> table,
        @Timestamp Instant timestamp,
        OutputReceiver<KV<Integer, Slice>> out) {
      Instant start = Instant.ofEpochMilli(windows.periods().sliceStart(timestamp.getMillis()));
      out.output(KV.of(table.getKey(), new Slice(start, table.getKey(), table.getValue())));
    }
  }

  private static final class EmitFn
      extends DoFn<KV<Integer, Map<Long, Map<Scope, Volume>>>, Slice> {
    private final Periods periods;

    EmitFn(Periods periods) {
      this.periods = periods;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Long, Map<Scope, Volume>>> period, OutputReceiver<Slice> out) {
      period
          .getValue()
          .forEach(
              (start, volumes) ->
                  out.outputWithTimestamp(
                      new Slice(Instant.ofEpochMilli(start), period.getKey(), volumes),
                      Instant.ofEpochMilli(periods.sliceEnd(start) - 1)));
    }
  }

  /**
   * Sums slices with the same start by scope. The accumulator maps start times in milliseconds to
   * tables of volumes, and is also the output, so windows must fire only once.
   */
  static final class SumSlicesFn
      extends CombineFn<Slice, Map<Long, Map<Scope, Volume>>, Map<Long, Map<Scope, Volume>>> {
    private static final Coder<Map<Long, Map<Scope, Volume>>> CODER =
        MapCoder.of(VarLongCoder.of(), new ScopeTableCoder<>(Volume.coder()));

    private final SumTablesFn<Volume> tables = SumTablesFn.ofVolumes();

    @Override
    public Map<Long, Map<Scope, Volume>> createAccumulator() {
      return new HashMap<>();
    }

    @Override
    public Map<Long, Map<Scope, Volume>> addInput(
        Map<Long, Map<Scope, Volume>> accumulator, Slice slice) {
      add(accumulator, slice.start().getMillis(), slice.volumes());
      return accumulator;
    }

    @Override
    public Map<Long, Map<Scope, Volume>> mergeAccumulators(
        Iterable<Map<Long, Map<Scope, Volume>>> accumulators) {
      Map<Long, Map<Scope, Volume>> sum = createAccumulator();
      accumulators.forEach(
          accumulator -> accumulator.forEach((start, table) -> add(sum, start, table)));
      return sum;
    }

    private void add(Map<Long, Map<Scope, Volume>> sum, Long start, Map<Scope, Volume> table) {
      tables.addInput(sum.computeIfAbsent(start, first -> tables.createAccumulator()), table);
    }

    @Override
    public Map<Long, Map<Scope, Volume>> extractOutput(Map<Long, Map<Scope, Volume>> accumulator) {
      return accumulator;
    }

    @Override
    public Coder<Map<Long, Map<Scope, Volume>>> getAccumulatorCoder(
        CoderRegistry registry, Coder<Slice> inputCoder) {
      return CODER;
    }

    @Override
    public Coder<Map<Long, Map<Scope, Volume>>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<Slice> inputCoder) {
      return CODER;
    }
  }
}
