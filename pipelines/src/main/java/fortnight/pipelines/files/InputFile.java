package fortnight.pipelines.files;

import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.ContentProbe;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file to read, as it was when the run started.
 *
 * @param path the absolute path, or the URI of the file
 * @param origin the prefix of {@code source} in dead letters: the path as the user wrote it, and a
 *     colon
 * @param size the number of stored bytes; 0 for a pipe
 * @param modified the time of the last change: for a local file in nanoseconds since 1970, for a
 *     remote one in milliseconds
 * @param fingerprint a checksum of the first and the last bytes; 0 for a remote file
 * @param format the format of the content; null if it is not known before the file is opened
 * @param encoding how records are encoded
 */
public record InputFile(
    String path,
    String origin,
    long size,
    long modified,
    int fingerprint,
    @Nullable ContentFormat format,
    Access access,
    RecordEncoding encoding)
    implements Serializable {

  /** Creates a file of JSON records. */
  InputFile(
      String path,
      String origin,
      long size,
      long modified,
      int fingerprint,
      @Nullable ContentFormat format,
      Access access) {
    this(path, origin, size, modified, fingerprint, format, access, RecordEncoding.JSON);
  }

  /** How a file can be read. */
  enum Access {
    /** From any byte. */
    SEEKABLE,
    /** From its first byte only. */
    SEQUENTIAL,
    /** Once, from the first byte to the last: a pipe or a device. */
    ONCE
  }

  /** The name of standard input as an input. */
  public static final String STANDARD_INPUT = "-";

  private static final String STANDARD_INPUT_PATH = "/dev/stdin";

  /**
   * Standard input, which is read from its current position to its end, whatever it is.
   *
   * @throws IllegalArgumentException if it is closed
   */
  static InputFile standardInput() {
    StandardInput.check();
    return new InputFile(STANDARD_INPUT_PATH, STANDARD_INPUT + ":", 0, 0, 0, null, Access.ONCE);
  }

  /** Whether this is the standard input of this process, by any name, and not a regular file. */
  boolean isStandardInput() {
    return access == Access.ONCE && path.equals(STANDARD_INPUT_PATH);
  }

  /** An uncompressed, seekable file that does not change. */
  static InputFile plain(String path, long size) {
    return new InputFile(path, path + ":", size, 0, 0, ContentFormat.PLAIN, Access.SEEKABLE);
  }

  InputFile withFormat(ContentFormat known) {
    return new InputFile(path, origin, size, modified, fingerprint, known, access, encoding);
  }

  InputFile withEncoding(RecordEncoding known) {
    boolean isText = format == ContentFormat.UTF_16 && contents(known).contains(format);
    ContentFormat content = isText ? ContentFormat.PLAIN : format;
    return new InputFile(path, origin, size, modified, fingerprint, content, access, known);
  }

  /** Returns the formats of content that has records in an encoding; in any if it is null. */
  static Set<ContentFormat> contents(@Nullable RecordEncoding encoding) {
    if (encoding == null) {
      return EnumSet.of(ContentFormat.PLAIN, ContentFormat.AVRO, ContentFormat.UTF_16);
    }
    if (encoding.equals(RecordEncoding.AVRO)) {
      return EnumSet.of(ContentFormat.PLAIN, ContentFormat.AVRO);
    }
    boolean canBeUtf16 =
        encoding instanceof RecordEncoding.Csv csv && csv.charset().startsWith("UTF-16");
    return canBeUtf16
        ? EnumSet.of(ContentFormat.PLAIN, ContentFormat.UTF_16)
        : EnumSet.of(ContentFormat.PLAIN);
  }

  /** The format of the decompressed content. */
  ContentFormat contentFormat() {
    return encoding.equals(RecordEncoding.AVRO) ? ContentFormat.AVRO : ContentFormat.PLAIN;
  }

  /**
   * Whether the file is read as a whole, because it is compressed, not seekable, or has no lines.
   */
  boolean isReadAsWhole() {
    return access != Access.SEEKABLE
        || format != ContentFormat.PLAIN
        || !encoding.equals(RecordEncoding.JSON);
  }

  boolean isLocal() {
    return !isRemote(path);
  }

  /** Whether a path is a URI. */
  static boolean isRemote(String path) {
    return path.contains("://");
  }

  /**
   * Checks that the bytes that the file had when the run started are unchanged. A local file may
   * have grown.
   *
   * @throws IOException if the file was truncated, rewritten, replaced or removed; names the file
   */
  void checkUnchanged() throws IOException {
    if (access == Access.ONCE) {
      return;
    }
    if (isLocal()) {
      checkLocalFile();
    } else {
      checkRemoteFile();
    }
  }

  private void checkLocalFile() throws IOException {
    Path local = Path.of(path);
    try {
      BasicFileAttributes now = Files.readAttributes(local, BasicFileAttributes.class);
      boolean isUnchanged = now.size() == size && nanos(now) == modified;
      boolean hasGrown =
          now.size() > size && ContentProbe.of(local, size).fingerprint() == fingerprint;
      if (!isUnchanged && !hasGrown) {
        throw changed(now.size());
      }
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read " + path + ": it was removed during the run", e);
    }
  }

  private void checkRemoteFile() throws IOException {
    List<MatchResult.Metadata> found;
    try {
      found = FileSystems.match(path, EmptyMatchTreatment.ALLOW).metadata();
    } catch (IllegalArgumentException e) {
      return; // The file system parses the name as a pattern.
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
        ("cannot read %s: it was changed during the run (%,d bytes at the start, %,d now); run"
                + " again when it is complete")
            .formatted(path, size, sizeNow));
  }

  static long nanos(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }
}
