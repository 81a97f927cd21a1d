package fortnight.transforms.volumes;

import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Volume;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.SerializableBiFunction;

/** Sums tables by scope. The values are immutable. */
final class SumTablesFn<V> extends CombineFn<Map<Scope, V>, Map<Scope, V>, Map<Scope, V>> {
  private final SerializableBiFunction<V, V, V> plus;
  private final Coder<Map<Scope, V>> coder;

  private SumTablesFn(SerializableBiFunction<V, V, V> plus, Coder<V> values) {
    this.plus = plus;
    this.coder = new ScopeTableCoder<>(values);
  }

  static SumTablesFn<Volume> ofVolumes() {
    return new SumTablesFn<>(Volume::plus, Volume.coder());
  }

  static SumTablesFn<Halves> ofHalves() {
    return new SumTablesFn<>(Halves::plus, Halves.coder());
  }

  @Override
  public Map<Scope, V> createAccumulator() {
    return new HashMap<>();
  }

  @Override
  public Map<Scope, V> addInput(Map<Scope, V> accumulator, Map<Scope, V> input) {
    input.forEach((scope, value) -> accumulator.merge(scope, value, plus));
    return accumulator;
  }

  @Override
  public Map<Scope, V> mergeAccumulators(Iterable<Map<Scope, V>> accumulators) {
    Map<Scope, V> sum = createAccumulator();
    accumulators.forEach(accumulator -> addInput(sum, accumulator));
    return sum;
  }

  @Override
  public Map<Scope, V> extractOutput(Map<Scope, V> accumulator) {
    return new HashMap<>(accumulator); // The accumulator may still change.
  }

  @Override
  public Coder<Map<Scope, V>> getAccumulatorCoder(
      CoderRegistry registry, Coder<Map<Scope, V>> inputCoder) {
    return coder;
  }

  @Override
  public Coder<Map<Scope, V>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<Map<Scope, V>> inputCoder) {
    return coder;
  }
}
