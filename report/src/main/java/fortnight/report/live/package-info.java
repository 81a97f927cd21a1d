/**
 * The live page: reads results in topics or tables, and sends changes to open pages as server-sent
 * events.
 */
package fortnight.report.live;
