/** The rows of the results: their fields as JSON, their order, and the keys of their messages. */
package fortnight.pipelines.rows;
