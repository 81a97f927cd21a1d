package fortnight.pipelines.files;

import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.ContentProbe;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file to read, as it was when the run started.
 *
 * @param path the absolute path, or the address in the form of Beam's file systems
 * @param origin the prefix of {@code source} in dead letters: the path as the user wrote it, and a
 *     colon
 * @param size the stored bytes; 0 for a pipe
 * @param modified the time of the last change, in nanoseconds since 1970 on this machine's file
 *     systems and in milliseconds on others
 * @param fingerprint of the first and the last bytes; 0 on other file systems
 * @param format null where it is not known before the file is opened
 * @param access how it can be read
 */
public record InputFile(
    String path,
    String origin,
    long size,
    long modified,
    int fingerprint,
    @Nullable ContentFormat format,
    Access access)
    implements Serializable {

  /** How a file can be read. */
  enum Access {
    /** At any byte. */
    SEEKABLE,
    /** From its first byte only. */
    SEQUENTIAL,
    /** Once, from the first byte to the last: a pipe or a device. */
    ONCE
  }

  /** A file that does not change, on a file system that can seek. */
  static InputFile plain(String path, long size) {
    return new InputFile(path, path + ":", size, 0, 0, ContentFormat.PLAIN, Access.SEEKABLE);
  }

  InputFile withFormat(ContentFormat known) {
    return new InputFile(path, origin, size, modified, fingerprint, known, access);
  }

  /** Whether it is read in one piece: compressed, or not seekable. */
  boolean whole() {
    return access != Access.SEEKABLE || format != ContentFormat.PLAIN;
  }

  public boolean isLocal() {
    return !isRemote(path);
  }

  /** Whether a path names a file system other than this machine's. */
  static boolean isRemote(String path) {
    return path.contains("://");
  }

  /**
   * Checks that the bytes that the file had at the start are unchanged. A file may grow: the length
   * at the start counts.
   *
   * @throws IOException that names the file, if it was truncated, rewritten, replaced or removed
   */
  void checkUnchanged() throws IOException {
    if (access == Access.ONCE) {
      return;
    }
    if (isLocal()) {
      checkUnchangedHere();
    } else {
      checkUnchangedElsewhere();
    }
  }

  private void checkUnchangedHere() throws IOException {
    Path local = Path.of(path);
    try {
      BasicFileAttributes now = Files.readAttributes(local, BasicFileAttributes.class);
      boolean isUnchanged = now.size() == size && nanos(now) == modified;
      boolean hasGrown = now.size() > size && ContentProbe.fingerprint(local, size) == fingerprint;
      if (!isUnchanged && !hasGrown) {
        throw changed(now.size());
      }
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read " + path + ": it was removed during the run", e);
    }
  }

  private void checkUnchangedElsewhere() throws IOException {
    List<MatchResult.Metadata> found;
    try {
      found = FileSystems.match(path, EmptyMatchTreatment.ALLOW).metadata();
    } catch (IllegalArgumentException e) {
      return; // A name that this file system takes for a pattern.
    }
    for (MatchResult.Metadata now : found) {
      boolean isThis = now.resourceId().toString().equals(path);
      if (isThis && (now.sizeBytes() != size || now.lastModifiedMillis() != modified)) {
        throw changed(now.sizeBytes());
      }
    }
  }

  private IOException changed(long sizeNow) {
    return new IOException(
        "cannot read %s: it was changed during the run (%,d bytes at the start, %,d now); run again"
                .formatted(path, size, sizeNow)
            + " when it is complete");
  }

  static long nanos(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }
}
