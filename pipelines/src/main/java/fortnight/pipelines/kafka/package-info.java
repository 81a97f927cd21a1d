/** Reads the messages of a topic, with watermarks by event time, and writes rows to topics. */
package fortnight.pipelines.kafka;
