/** Where records are written, and at what pace. */
package fortnight.testdata.output;
