/** The interfaces between the pipeline and the places that records come from and rows go to. */
package fortnight.pipelines.io;
