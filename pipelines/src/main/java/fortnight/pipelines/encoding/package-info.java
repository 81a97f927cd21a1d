/** How rows are written: as lines of JSON or of CSV in files, and as messages in topics. */
package fortnight.pipelines.encoding;
