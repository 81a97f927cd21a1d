/** Sends dead letters back to the input topic. */
package fortnight.pipelines.redrive;
