/** Scans the text of JSON values in bytes, and converts numbers. */
package fortnight.transforms.json;
