/** Runs the pipeline: checks before the start, submission, state directory, counts and report. */
package fortnight.pipelines.run;
