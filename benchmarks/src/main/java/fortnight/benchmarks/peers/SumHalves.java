package fortnight.benchmarks.peers;

import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds up what was sold in each half of a window. */
final class SumHalves implements AggregateFunction<Sold, Halves, Halves> {
  private interface Count extends ToLongFunction<Sold>, Serializable {}

  private final Count count;

  private SumHalves(Count count) {
    this.count = count;
  }

  static SumHalves ofTransactions() {
    return new SumHalves(sold -> 1);
  }

  static SumHalves ofUnits() {
    return new SumHalves(sold -> sold.units);
  }

  @Override
  public Halves createAccumulator() {
    return new Halves();
  }

  @Override
  public Halves add(Sold sold, Halves halves) {
    return halves.add(sold.timestamp, count.applyAsLong(sold));
  }

  @Override
  public Halves getResult(Halves halves) {
    return halves;
  }

  @Override
  public Halves merge(Halves one, Halves other) {
    return Halves.sum(one, other);
  }
}
