/** The live page: reads result topics, and sends changes to open pages as server-sent events. */
package fortnight.report.live;
