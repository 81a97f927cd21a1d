/** Rows to pictures: reads the results of a run, and writes one page that shows them. */
package fortnight.report;
