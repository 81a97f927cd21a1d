/** The report of a run in one file, and the command {@code live}, whose page follows results. */
package fortnight.report;
