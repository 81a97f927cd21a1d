/** Kafka: addresses of topics, clients, and the errors that users meet. */
package fortnight.common.kafka;
