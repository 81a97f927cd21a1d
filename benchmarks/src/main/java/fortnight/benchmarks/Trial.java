package fortnight.benchmarks;

import java.util.OptionalDouble;

/**
 * One run of a contender that gave the right answers.
 *
 * @param usage what it took
 * @param recordsPerSecond of a stream, once it runs; none of a run that ends
 */
record Trial(Usage usage, OptionalDouble recordsPerSecond) {}
