/** Dropping transactions that occur twice. */
package fortnight.transforms.duplicates;
