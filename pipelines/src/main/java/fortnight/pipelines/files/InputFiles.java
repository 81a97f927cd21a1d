package fortnight.pipelines.files;

import fortnight.common.cli.ErrorMessages;
import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.ContentProbe;
import fortnight.pipelines.globs.FileNameEncoding;
import fortnight.pipelines.globs.GlobPattern;
import fortnight.pipelines.globs.LocalGlob;
import fortnight.transforms.formats.RecordEncoding;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the input files that match a path or glob, and checks that their formats are supported. */
public final class InputFiles {
  /**
   * The system property that holds the id of the process to which the file descriptors in {@code
   * /dev/fd} belong, if that is not this process.
   */
  private static final String DESCRIPTORS_OF = "fortnight.descriptorsOf";

  private static final Pattern DESCRIPTOR = Pattern.compile("/(?:dev|proc/self)/fd/(\\d+)");
  private static final String LOCAL_SCHEME = "file://";

  private InputFiles() {}

  /** Returns the files of JSON records as {@link #match(String, RecordEncoding)} does. */
  public static List<InputFile> match(String pathOrGlob) {
    return match(pathOrGlob, RecordEncoding.JSON);
  }

  /**
   * Returns the files that match a path, URI or glob, ordered by path.
   *
   * @param encoding how their records are encoded; null if it is unknown
   * @throws IllegalArgumentException if no file matches, all files are empty, a file cannot be
   *     read, or a format is not supported
   */
  public static List<InputFile> match(String pathOrGlob, @Nullable RecordEncoding encoding) {
    if (pathOrGlob.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("contains a NUL character");
    }
    boolean isFileUri = pathOrGlob.startsWith(LOCAL_SCHEME);
    List<InputFile> found =
        InputFile.isRemote(pathOrGlob) && !isFileUri
            ? remote(pathOrGlob)
            : local(
                isFileUri ? pathOrGlob.substring(LOCAL_SCHEME.length()) : pathOrGlob, isFileUri);
    List<InputFile> files =
        encoding == null ? found : found.stream().map(file -> file.withEncoding(encoding)).toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file matches" + encodingError(pathOrGlob));
    }
    if (files.stream()
        .allMatch(file -> file.size() == 0 && file.access() != InputFile.Access.ONCE)) {
      throw new IllegalArgumentException("is empty; there are no records to read");
    }
    InputFormats.check(files, encoding);
    return files;
  }

  private static String encodingError(String path) {
    return FileNameEncoding.mayBeLossy(path) ? "; " + FileNameEncoding.errorInPath() : "";
  }

  private static List<InputFile> local(String pathOrGlob, boolean isOriginAbsolute) {
    Path path = path(pathOrGlob);
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "is a directory; use " + path.resolve("*") + " to read the files in it");
    }
    if (Files.exists(path)) {
      return List.of(existing(path, pathOrGlob, isOriginAbsolute));
    }
    if (!GlobPattern.isGlob(pathOrGlob)) {
      String encodingError = encodingError(pathOrGlob);
      throw new IllegalArgumentException(
          path.isAbsolute() || !encodingError.isEmpty()
              ? "does not exist" + encodingError
              : "does not exist in " + Path.of("").toAbsolutePath());
    }
    List<InputFile> files = new ArrayList<>(inspect(LocalGlob.find(pathOrGlob), isOriginAbsolute));
    files.sort(Comparator.comparing(InputFile::path));
    return files;
  }

  private static Path path(String text) {
    try {
      Path path = new File(text).toPath();
      Matcher descriptor = DESCRIPTOR.matcher(text);
      String owner = System.getProperty(DESCRIPTORS_OF);
      return owner != null && descriptor.matches() && !Files.exists(path)
          ? Path.of("/proc", owner, "fd", descriptor.group(1))
          : path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(FileNameEncoding.errorInPath(), e);
    }
  }

  /** A file that exists under this name takes precedence over the name's meaning as a glob. */
  private static InputFile existing(Path path, String text, boolean isOriginAbsolute) {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("permission to read is denied");
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return inspect(path, isOriginAbsolute ? path.toAbsolutePath().toString() : text, attributes);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + ErrorMessages.of(e), e);
    }
  }

  private static List<InputFile> inspect(List<LocalGlob.Found> found, boolean isOriginAbsolute) {
    Set<Object> hardLinked = new HashSet<>();
    List<LocalGlob.Found> distinct =
        found.stream().filter(file -> !isHardLinked(file) || hardLinked.add(key(file))).toList();
    try {
      return distinct.parallelStream()
          .map(
              file -> {
                Path path = file.path();
                try {
                  return inspect(
                      path,
                      isOriginAbsolute ? path.toAbsolutePath().toString() : path.toString(),
                      file.attributes());
                } catch (IOException e) {
                  throw new UncheckedIOException(path.toString(), e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof AccessDeniedException
              ? "permission to read " + e.getMessage() + " is denied"
              : e.getMessage() + " cannot be read: " + ErrorMessages.of(e.getCause()),
          e);
    }
  }

  private static boolean isHardLinked(LocalGlob.Found file) {
    try {
      return (int) Files.getAttribute(file.path(), "unix:nlink") > 1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Object key(LocalGlob.Found file) {
    Object key = file.attributes().fileKey();
    return key == null ? file.real() : key;
  }

  private static InputFile inspect(Path path, String origin, BasicFileAttributes attributes)
      throws IOException {
    String absolute = path.toAbsolutePath().toString();
    if (attributes.isOther()) {
      return new InputFile(absolute, origin + ":", 0, 0, 0, null, InputFile.Access.ONCE);
    }
    long size = attributes.size();
    ContentProbe probe = ContentProbe.of(path, size);
    ContentFormat format = size == 0 ? ContentFormat.ofEmpty(absolute) : probe.format();
    return new InputFile(
        absolute,
        origin + ":",
        size,
        InputFile.nanos(attributes),
        probe.fingerprint(),
        format,
        InputFile.Access.SEEKABLE);
  }

  private static List<InputFile> remote(String pattern) {
    List<InputFile> files = new ArrayList<>();
    try {
      for (MatchResult.Metadata found :
          FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
        if (!found.resourceId().isDirectory()) {
          files.add(remote(found));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot list the files: " + e.getMessage(), e);
    }
    files.sort(Comparator.comparing(InputFile::path));
    return files;
  }

  /** Detects the format of files that are large enough to be read in parts; opens no others. */
  private static InputFile remote(MatchResult.Metadata found) throws IOException {
    String path = found.resourceId().toString();
    boolean isLarge = found.sizeBytes() > FileParts.Part.MIN_SIZE;
    InputFile unknown =
        new InputFile(
            path,
            path + ":",
            found.sizeBytes(),
            found.lastModifiedMillis(),
            0,
            null,
            found.isReadSeekEfficient() ? InputFile.Access.SEEKABLE : InputFile.Access.SEQUENTIAL);
    return found.isReadSeekEfficient() && isLarge
        ? unknown.withFormat(InputContent.storedFormat(unknown))
        : unknown;
  }
}
