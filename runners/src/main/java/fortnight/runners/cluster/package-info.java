/** A Flink cluster on this machine, of one process for each JobManager and TaskManager. */
package fortnight.runners.cluster;
