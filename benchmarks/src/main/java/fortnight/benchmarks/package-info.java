/** Fortnight and its peers, run in turn over the same transactions, measured and compared. */
package fortnight.benchmarks;
