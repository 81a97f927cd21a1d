/** The way of transactions from the shop to the output, with faults, and the expected results. */
package fortnight.testdata.delivery;
