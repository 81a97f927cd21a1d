/** A Kafka broker on this machine. */
package fortnight.runners.broker;
