/** The peer that runs on Spark SQL. */
package fortnight.benchmarks.spark;
