/** Reads results from the tables of a database. */
package fortnight.report.tables;
