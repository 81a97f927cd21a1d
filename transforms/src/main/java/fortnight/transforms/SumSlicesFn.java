package fortnight.transforms;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Adds up slices that start at the same moment, scope by scope: a table for each start, in
 * milliseconds. It is for windows that fire once; an accumulator is its own output.
 */
final class SumSlicesFn
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
