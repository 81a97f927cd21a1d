/** Finds and reads input files, and writes results to files that become visible when complete. */
package fortnight.pipelines.files;
