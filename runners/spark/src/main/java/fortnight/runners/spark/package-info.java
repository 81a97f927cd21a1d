/** Checks and submission of bounded runs on Spark: an embedded one, a cluster, spark-submit. */
package fortnight.runners.spark;
