/** Where it runs: what starts the pipeline from the jar. */
package fortnight.runners;
