package fortnight.testdata;

/**
 * What a run does; times are the simulation's.
 *
 * @param idle nobody buys and nothing arrives in this time
 * @param speedup how many times as fast as the clock records are written; infinite: as fast as may
 * @param live the simulation begins now
 */
record Settings(World world, Faults faults, Span idle, double speedup, boolean live, int threads) {}
