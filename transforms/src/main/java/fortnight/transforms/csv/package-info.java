/** Rows of comma-separated values: where they end, their fields, and the columns of a file. */
package fortnight.transforms.csv;
