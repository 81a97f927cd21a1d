/** The formats of records: where each field is, and which records count. */
package fortnight.transforms.formats;
