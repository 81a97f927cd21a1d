/**
 * Runs pipelines on Flink, embedded or on a cluster; with the pipeline, the content of {@code
 * fortnight-flink.jar}.
 */
package fortnight.runners.flink;
