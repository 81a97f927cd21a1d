/** Results in tables of PostgreSQL. */
package fortnight.pipelines.jdbc;
