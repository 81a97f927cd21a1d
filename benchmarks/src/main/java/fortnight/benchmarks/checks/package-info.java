/** Compares the rows of a run with the results that the simulator expects. */
package fortnight.benchmarks.checks;
