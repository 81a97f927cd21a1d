/** Result rows in memory: parsed, validated, and reduced to the latest version of each key. */
package fortnight.report.rows;
