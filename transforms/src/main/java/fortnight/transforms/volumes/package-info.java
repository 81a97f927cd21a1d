/** Sums of transactions: slices, tumbling windows, and the comparison of two periods. */
package fortnight.transforms.volumes;
