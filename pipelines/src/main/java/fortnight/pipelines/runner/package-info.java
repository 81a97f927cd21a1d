/** The interface by which a Beam runner adds its own checks, submission and error handling. */
package fortnight.pipelines.runner;
