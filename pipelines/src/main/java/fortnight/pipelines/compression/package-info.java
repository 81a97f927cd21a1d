/**
 * Recognizes the format of files by their first bytes, and decompresses gzip, bzip2 and Zstandard.
 */
package fortnight.pipelines.compression;
