/**
 * The entry points: the pipeline that compares volumes, and the command that redrives dead letters.
 */
package fortnight.pipelines;
