package fortnight.pipelines.files;

import fortnight.pipelines.globs.FileNameEncoding;
import fortnight.transforms.formats.RecordEncoding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Validates, resolves and compares the paths of flags.
 *
 * <p>A path that is not valid for its purpose is an {@link IllegalArgumentException}, whose message
 * follows the path.
 */
public final class Paths {
  private Paths() {}

  /** Returns the absolute, normalized path without links, by which paths can be compared. */
  public static String canonical(String path) {
    if (InputFile.isRemote(path)) {
      return FileSystems.matchNewResource(path, false).toString();
    }
    Path local = Path.of(path).toAbsolutePath().normalize();
    try {
      return local.getParent().toRealPath().resolve(local.getFileName()).toString();
    } catch (IOException e) {
      return local.toString(); // The directory does not exist yet, so no link leads to it.
    }
  }

  /** Returns the canonical forms of many paths; resolves each directory once. */
  public static Set<String> canonical(Collection<String> paths) {
    Map<Path, Path> directories = new HashMap<>();
    Set<String> canonical = new HashSet<>();
    for (String path : paths) {
      if (InputFile.isRemote(path)) {
        canonical.add(canonical(path));
      } else {
        Path local = Path.of(path).toAbsolutePath().normalize();
        Path directory =
            directories.computeIfAbsent(
                local.getParent(), parent -> Path.of(canonical(local.toString())).getParent());
        canonical.add(directory.resolve(local.getFileName()).toString());
      }
    }
    return canonical;
  }

  /** Returns a path below the working directory relative to it, and any other path unchanged. */
  public static String relative(String path) {
    String directory = Path.of("").toAbsolutePath() + File.separator;
    return path.startsWith(directory) ? path.substring(directory.length()) : path;
  }

  /** Returns the path of a file in a directory, on any file system. */
  public static String resolve(String directory, String name) {
    return FileSystems.matchNewResource(directory, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE)
        .toString();
  }

  /**
   * Returns the input files that match a path or glob; {@code -} is standard input.
   *
   * @param encoding how their records are encoded; null if it is unknown
   */
  public static List<InputFile> files(String pathOrGlob, @Nullable RecordEncoding encoding) {
    checkNotBlank(pathOrGlob);
    if (!pathOrGlob.equals(InputFile.STANDARD_INPUT)) {
      return InputFiles.match(pathOrGlob, encoding);
    }
    InputFile file = InputFile.standardInput();
    return List.of(encoding == null ? file : file.withEncoding(encoding));
  }

  /** Returns the path if it can be an output directory. */
  public static String directory(String path) {
    checkNotBlank(path);
    checkRepresentable(path);
    if (new File(path).isFile()) {
      throw new IllegalArgumentException("is a file; a directory is needed");
    }
    checkFileSystem(path, true);
    return path;
  }

  /** Returns the path if it can be an output file. */
  public static String file(String path) {
    checkNotBlank(path);
    checkRepresentable(path);
    if (path.endsWith("/") || new File(path).isDirectory()) {
      throw new IllegalArgumentException("is a directory; a file is needed");
    }
    if (new File(path).exists() && !new File(path).isFile()) {
      throw new IllegalArgumentException("exists and is not a regular file");
    }
    checkFileSystem(path, false);
    return path;
  }

  /** Beam throws an {@link IllegalArgumentException} if no file system is registered for a path. */
  private static void checkFileSystem(String path, boolean isDirectory) {
    FileSystems.matchNewResource(path, isDirectory);
  }

  private static void checkRepresentable(String path) {
    if (FileNameEncoding.mayBeLossy(path)) {
      throw new IllegalArgumentException(FileNameEncoding.errorInPath());
    }
  }

  private static void checkNotBlank(String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("the path is empty");
    }
  }
}
