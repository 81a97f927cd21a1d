/** The shapes in which transactions are written. */
package fortnight.testdata.formats;
