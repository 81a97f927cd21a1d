/** Commands that run Fortnight and its peers over the same transactions, and compare them. */
package fortnight.benchmarks;
