/** Parsing: records to transactions or dead letters, fast where they are ordinary. */
package fortnight.transforms.parse;
