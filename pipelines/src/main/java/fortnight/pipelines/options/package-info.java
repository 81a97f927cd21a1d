/** The flags of the pipeline, and the configuration that they define. */
package fortnight.pipelines.options;
