package fortnight.benchmarks;

/**
 * What a process and those that it started took.
 *
 * @param wallSeconds from its start to its end, or to the last row of a stream
 * @param cpuSeconds of user and system, until its end
 * @param peakMegabytes the peaks of resident memory of its processes, added up
 */
record Usage(double wallSeconds, double cpuSeconds, double peakMegabytes) {}
