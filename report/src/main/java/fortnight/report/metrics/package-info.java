/** The metrics of result rows, in the text format of Prometheus. */
package fortnight.report.metrics;
