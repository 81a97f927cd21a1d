package fortnight.testdata;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A random stream that is one long: kept with whatever it belongs to, resumed when that is
 * continued. Streams of different owners start at unrelated places, so neither threads nor the
 * order of work change what is drawn.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 */
final class Dice implements UniformRandomProvider {
  private final SharedStateContinuousSampler exponential = ZigguratSampler.Exponential.of(this);
  private final SharedStateContinuousSampler gaussian = ZigguratSampler.NormalizedGaussian.of(this);

  private long state;

  /**
   * Where the stream of this owner begins; {@code owner} is a path of numbers, such as a customer.
   */
  static long stream(long seed, long... owner) {
    long stream = hash(seed);
    for (long part : owner) {
      stream = hash(stream ^ hash(part + 1));
    }
    return stream;
  }

  /** The upper bits of a hash as a number in [0, 1). */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /** A bijection in which every bit of the result depends on every bit of {@code z}. */
  static long hash(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  Dice resume(long stream) {
    state = stream;
    return this;
  }

  long stream() {
    return state;
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    return hash(state);
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  double exponential(double mean) {
    return mean * exponential.sample();
  }

  double normal(double mean, double variance) {
    return mean + Math.sqrt(variance) * gaussian.sample();
  }

  double clampedNormal(double mean, double deviation, double from, double to) {
    return Math.min(to, Math.max(from, normal(mean, deviation * deviation)));
  }
}
