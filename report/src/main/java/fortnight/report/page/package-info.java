/** The HTML page: its document, style and scripts, and the rows as JSON. */
package fortnight.report.page;
