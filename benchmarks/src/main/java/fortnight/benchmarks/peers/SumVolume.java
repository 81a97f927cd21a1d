package fortnight.benchmarks.peers;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds up what was sold in a window. */
final class SumVolume implements AggregateFunction<Sold, Volume, Volume> {
  @Override
  public Volume createAccumulator() {
    return new Volume();
  }

  @Override
  public Volume add(Sold sold, Volume volume) {
    return sold.addTo(volume);
  }

  @Override
  public Volume getResult(Volume volume) {
    return volume;
  }

  @Override
  public Volume merge(Volume one, Volume other) {
    return Volume.sum(one, other);
  }
}
