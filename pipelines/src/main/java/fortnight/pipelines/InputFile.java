package fortnight.pipelines;

import java.io.Serializable;

/**
 * A file to read.
 *
 * @param path where it is, as Beam's file systems name it
 * @param origin what dead letters call it
 * @param size bytes, as stored
 * @param whole whether it is read from its beginning only: compressed, or on a file system that
 *     cannot seek
 */
record InputFile(String path, String origin, long size, boolean whole) implements Serializable {}
