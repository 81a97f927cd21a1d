/** Requests Avro schemas from a schema registry with Confluent's REST API. */
package fortnight.pipelines.registry;
