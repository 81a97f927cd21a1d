/** Commands: flags, their errors, and exit statuses. */
package fortnight.common.cli;
