/** Recognizes file formats by their first bytes; decompresses gzip, bzip2 and Zstandard. */
package fortnight.pipelines.compression;
