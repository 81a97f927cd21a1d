/** Where it runs: what starts the pipeline from the jar, and a broker for a laptop. */
package fortnight.runners;
