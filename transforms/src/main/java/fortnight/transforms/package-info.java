/**
 * What a transaction is, and what can be computed from it: parsing, slices, tumbling and sliding
 * volumes. Knows Beam's core and Jackson; no files, no Kafka, no runner, no flags.
 */
package fortnight.transforms;
