/** Processes and what they use: time, CPU and memory. */
package fortnight.benchmarks.measure;
