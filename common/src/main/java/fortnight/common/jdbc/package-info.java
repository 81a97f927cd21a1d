/** Databases of PostgreSQL: addresses, settings, connections, errors, and the tables of results. */
package fortnight.common.jdbc;
