/** Drops duplicate transactions. */
package fortnight.transforms.duplicates;
