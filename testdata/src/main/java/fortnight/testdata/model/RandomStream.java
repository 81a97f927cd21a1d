package fortnight.testdata.model;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A random stream whose state is one long: the owner keeps it, and resumes the stream later.
 * Streams of different owners are independent, so the draws depend neither on threads nor on the
 * order of work.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 */
public final class RandomStream implements UniformRandomProvider {
  private final SharedStateContinuousSampler exponential = ZigguratSampler.Exponential.of(this);
  private final SharedStateContinuousSampler gaussian = ZigguratSampler.NormalizedGaussian.of(this);

  private long state;

  /**
   * The initial state of an owner's stream.
   *
   * @param owner a path of numbers that identifies the owner
   */
  public static long stream(long seed, long... owner) {
    long stream = hash(seed);
    for (long part : owner) {
      stream = hash(stream ^ hash(part + 1));
    }
    return stream;
  }

  /** Converts a hash to a number in [0, 1). */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }

  /** A bijection in which every bit of the result depends on every bit of {@code z}. */
  static long hash(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public RandomStream resume(long stream) {
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

  public boolean chance(double probability) {
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
