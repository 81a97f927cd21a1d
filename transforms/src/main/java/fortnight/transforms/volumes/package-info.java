/** Computes volumes in slices and tumbling windows, and compares successive periods. */
package fortnight.transforms.volumes;
