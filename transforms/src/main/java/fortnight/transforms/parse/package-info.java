/** Parses records into transactions or dead letters, with a fast path for common records. */
package fortnight.transforms.parse;
