/** Proposes a format for the records of an input. */
package fortnight.pipelines.propose;
