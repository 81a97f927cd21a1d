package fortnight.transforms;

import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.SerializableBiFunction;

/**
 * Sums immutable values. An accumulator never changes, so a runner may share it with a snapshot of
 * its state that is still being written.
 */
final class SumFn<T extends Serializable> extends CombineFn<T, T, T> {
  private final T nothing;
  private final SerializableBiFunction<T, T, T> plus;
  private final Coder<T> coder;

  SumFn(T nothing, SerializableBiFunction<T, T, T> plus, Coder<T> coder) {
    this.nothing = nothing;
    this.plus = plus;
    this.coder = coder;
  }

  @Override
  public T createAccumulator() {
    return nothing;
  }

  @Override
  public T addInput(T accumulator, T input) {
    return plus.apply(accumulator, input);
  }

  @Override
  public T mergeAccumulators(Iterable<T> accumulators) {
    T sum = nothing;
    for (T accumulator : accumulators) {
      sum = plus.apply(sum, accumulator);
    }
    return sum;
  }

  @Override
  public T extractOutput(T accumulator) {
    return accumulator;
  }

  @Override
  public Coder<T> getAccumulatorCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return coder;
  }

  @Override
  public Coder<T> getDefaultOutputCoder(CoderRegistry registry, Coder<T> inputCoder) {
    return coder;
  }
}
