/** The entry points: the analysis pipeline, and the command that sends dead letters back. */
package fortnight.pipelines;
