/** Decodes Avro data into JSON tokens, by the schema with which the data was written. */
package fortnight.transforms.avro;
