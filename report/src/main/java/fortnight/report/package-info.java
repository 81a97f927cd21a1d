/** The report: a page with the results of a run, and the command {@code live} for a stream. */
package fortnight.report;
